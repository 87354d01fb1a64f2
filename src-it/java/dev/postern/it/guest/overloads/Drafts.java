package dev.postern.it.guest.overloads;

import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Application;
import java.lang.reflect.Proxy;

/** The resources, each with a method {@code create} that it inherits. */
public final class Drafts {

    private Drafts() {}

    /** The application. */
    @ApplicationPath("api")
    public static class DraftsApplication extends Application {}

    /** What all of them inherit. */
    public abstract static class Crud<T> {

        @POST
        public String create(T body) {
            return "reached";
        }
    }

    /** No user may create any. */
    @Path("closed-items")
    @DenyAll
    public static class ClosedItems extends Crud<String> {

        @POST
        @Path("draft")
        @PermitAll
        public String create(StringBuilder draft) {
            return "reached";
        }
    }

    /** Managers may. */
    @Path("items")
    @RequestScoped
    @RolesAllowed("manager")
    public static class Items extends Crud<String> {

        @POST
        @Path("draft")
        @PermitAll
        public String create(StringBuilder draft) {
            return "reached";
        }
    }

    /** What has its role on the superclass. */
    @RolesAllowed("manager")
    public abstract static class GuardedCrud<T> {

        @POST
        public String create(T body) {
            return "reached";
        }
    }

    /** Says nothing itself. */
    @Path("guarded-items")
    public static class GuardedItems extends GuardedCrud<String> {

        @POST
        @Path("draft")
        @PermitAll
        public String create(StringBuilder draft) {
            return "reached";
        }
    }

    /** A sub-resource that says nothing. */
    public static class FreeLeaf {

        @GET
        public String read() {
            return "reached";
        }
    }

    /** Has a locator. */
    public interface Shelf {

        @Path("{id}")
        FreeLeaf leaf(@PathParam("id") String id);
    }

    /** What stands behind the proxy. */
    @RolesAllowed("clerk")
    public static class ClerksShelf implements Shelf {

        @Override
        public FreeLeaf leaf(String id) {
            return new FreeLeaf();
        }
    }

    /** Leads to the shelf. */
    @Path("shelves")
    @RequestScoped
    public static class Shelves {

        @Path("proxy")
        public Shelf proxy() {
            Shelf shelf = new ClerksShelf();
            return (Shelf) Proxy.newProxyInstance(
                    Shelf.class.getClassLoader(),
                    new Class<?>[] {Shelf.class},
                    (self, method, arguments) -> method.invoke(shelf, arguments));
        }
    }
}
