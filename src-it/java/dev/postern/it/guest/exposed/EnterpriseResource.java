package dev.postern.it.guest.exposed;

import dev.postern.CurrentUser;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** An enterprise bean that injects the user. */
@Path("enterprise")
@Stateless
@Watched
public class EnterpriseResource {

    @Inject
    CurrentUser user;

    @GET
    public String get() {
        return "get";
    }
}
