package dev.postern.it.guest.contracts;

import jakarta.ejb.Local;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** The local interface of an enterprise bean. */
@Local
public interface LocalApi {

    @GET
    String read();

    @GET
    @Path("fresh")
    String fresh();
}
