package dev.postern.it.guest.contracts;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.EJB;
import jakarta.ejb.Local;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** Enterprise beans that sub-resource locators return: what says who may call them stands nowhere near the method. */
public final class EnterpriseLeaves {

    private EnterpriseLeaves() {}

    /** The local interface of one whose stereotype has the role. */
    @Local
    public interface Stereotyped {

        @GET
        String read();
    }

    /** The local interface of one whose superclass has the role. */
    @Local
    public interface Inherited {

        @GET
        String read();
    }

    /** A superclass with a role. */
    @RolesAllowed("clerk")
    public static class Ruled {

        @GET
        public String read() {
            return ReachedContracts.now();
        }
    }

    /** The local interface of one for those who have just signed in. */
    @Local
    public interface JustSignedIn {

        @GET
        String read();

        @GET
        @Path("stale")
        String stale();
    }

    /** Locates them. */
    @Path("enterprise")
    @RequestScoped
    public static class Root {

        @EJB
        private Stereotyped stereotyped;

        @EJB
        private Inherited inherited;

        @EJB
        private PlainLeaf plain;

        @EJB
        private PlainStereotypedLeaf plainStereotyped;

        @EJB
        private JustSignedIn justSignedIn;

        @Path("stereotyped")
        public Stereotyped stereotyped() {
            return stereotyped;
        }

        @Path("inherited")
        public Inherited inherited() {
            return inherited;
        }

        @Path("plain")
        public PlainLeaf plain() {
            return plain;
        }

        @Path("plain-stereotyped")
        public PlainStereotypedLeaf plainStereotyped() {
            return plainStereotyped;
        }

        @Path("fresh")
        public JustSignedIn justSignedIn() {
            return justSignedIn;
        }
    }
}
