package dev.postern.bench.http.app;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;

/** What is measured: greets the container's user by name, if it is a member. */
@Path("greeting")
@RequestScoped
public class Greeting {

    @GET
    @RolesAllowed(GreetingUsers.ROLE)
    @Produces(MediaType.TEXT_PLAIN)
    public String greet(@Context SecurityContext caller) {
        return "hello " + caller.getUserPrincipal().getName();
    }
}
