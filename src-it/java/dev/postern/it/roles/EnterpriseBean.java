package dev.postern.it.roles;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** An enterprise bean, whose container knows the annotation as well. */
@Path("stateless")
@Stateless
@RolesAllowed("clerk")
public class EnterpriseBean {

    @GET
    public String get() {
        return Visits.reached();
    }
}
