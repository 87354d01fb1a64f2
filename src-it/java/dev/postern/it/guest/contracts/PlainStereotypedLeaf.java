package dev.postern.it.guest.contracts;

import jakarta.ejb.LocalBean;
import jakarta.ejb.Stateless;
import jakarta.ws.rs.GET;

/** An enterprise bean without an interface, whose stereotype has the role. */
@Stateless
@LocalBean
@ClerksOnly
public class PlainStereotypedLeaf {
    @GET
    public String read() {
        return ReachedContracts.now();
    }
}
