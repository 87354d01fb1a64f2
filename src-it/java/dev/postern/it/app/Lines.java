package dev.postern.it.app;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;

/** A sub-resource, made by hand: neither a bean nor listed. */
public class Lines {

    @GET
    @RolesAllowed("manager")
    public String list() {
        return "lines";
    }
}
