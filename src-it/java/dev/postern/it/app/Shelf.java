package dev.postern.it.app;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;

/** The contract of a resource, with all annotations on it. */
public interface Shelf {

    @GET
    @RolesAllowed("manager")
    String count();
}
