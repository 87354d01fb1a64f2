package dev.postern.it.guest.unusual;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;

/** Overrides what an inner class of a generic one declares. */
@Path("outer")
public class OuterResource extends Outer<String>.Inner {

    public OuterResource() {
        new Outer<String>().super();
    }

    @Override
    @GET
    public String find(@QueryParam("key") String key) {
        return "reached";
    }
}
