package dev.postern.it.guest.duties;

import dev.postern.CurrentUser;
import jakarta.annotation.security.DeclareRoles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.SecurityContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Application;
import jakarta.ws.rs.core.Context;
import java.util.TreeSet;

/** What each of them says of a role. */
@Path("duties")
@RequestScoped
public class Duties {

    @Inject
    private CurrentUser user;

    @Inject
    private SecurityContext security;

    @Inject
    private DutyBean bean;

    @Context
    private HttpServletRequest request;

    @GET
    public String role(@QueryParam("role") String role, @Context jakarta.ws.rs.core.SecurityContext rest) {
        return "user=" + user.hasRole(role) + " servlet=" + request.isUserInRole(role) + " rest="
                + rest.isUserInRole(role) + " security=" + security.isCallerInRole(role) + " roles="
                + user.roles().contains(role);
    }

    @GET
    @Path("bean")
    public String bean(@QueryParam("role") String role) {
        return "user=" + user.hasRole(role) + " bean=" + bean.hasRole(role);
    }

    @GET
    @Path("groups")
    public String groups() {
        return new TreeSet<>(user.groups()).toString();
    }

    @GET
    @Path("clerk")
    @RolesAllowed("clerk")
    public String clerk() {
        return "reached";
    }

    @GET
    @Path("editor")
    @RolesAllowed("editor")
    public String editor() {
        return "reached";
    }

    /** Serves it. It names a role that nothing else does. */
    @ApplicationPath("api")
    @DeclareRoles("customer")
    public static class Served extends Application {}
}
