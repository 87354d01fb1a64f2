package dev.postern.it.guest.unusual;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** Has the rule where no server's own feature looks. */
@Path("implementing")
public class Implementing implements Listing {

    @Override
    @GET
    public String list() {
        return "reached";
    }
}
