package dev.postern.it.rig.app;

import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;
import org.jspecify.annotations.Nullable;

/** For members, and with one method for all. */
@Path("member")
@RequestScoped
@RolesAllowed("member")
@Produces(MediaType.TEXT_PLAIN)
public class MemberResource {

    @Inject
    private Echo echo;

    @GET
    public String guarded(@Context SecurityContext security) {
        return echo.of(name(security));
    }

    @GET
    @Path("open")
    @PermitAll
    public String open(@Context SecurityContext security) {
        return echo.of(name(security));
    }

    private static @Nullable String name(SecurityContext security) {
        Principal principal = security.getUserPrincipal();
        return principal == null ? null : principal.getName();
    }
}
