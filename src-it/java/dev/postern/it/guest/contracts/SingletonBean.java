package dev.postern.it.guest.contracts;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Singleton;
import jakarta.ws.rs.Path;

/** An enterprise bean without an interface. */
@Path("mixed/singleton")
@Singleton
public class SingletonBean extends Mixed.Crud<String, Integer> {

    @Override
    @RolesAllowed("clerk")
    public String save(String body) {
        return ReachedContracts.now();
    }
}
