package dev.postern.it.guest.contracts;

import dev.postern.Fresh;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.ws.rs.Path;

/** An enterprise bean that is called through an interface. */
@Path("mixed/local")
@Stateless
@RolesAllowed("clerk")
public class LocalBean implements LocalApi {

    @Override
    public String read() {
        return ReachedContracts.now();
    }

    @Override
    @RolesAllowed("clerk")
    @Fresh(within = "PT1S")
    public String fresh() {
        return ReachedContracts.now();
    }
}
