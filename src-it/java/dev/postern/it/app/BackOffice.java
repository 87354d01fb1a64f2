package dev.postern.it.app;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;

/** For managers, and so is every resource below it. */
@RolesAllowed("manager")
public class BackOffice {

    @GET
    public String list() {
        return "back office";
    }
}
