package dev.postern.it.roles;

import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** A sub-resource with rules of its own. */
@RolesAllowed("clerk")
public class RuledLeaf {

    @GET
    public String get() {
        return Visits.reached();
    }

    @GET
    @Path("open")
    @PermitAll
    public String open() {
        return Visits.reached();
    }
}
