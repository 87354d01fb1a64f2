package dev.postern.it.guest.unusual;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** Extends a raw type, so what it overrides is erased. */
@Path("raw")
@SuppressWarnings("rawtypes")
public class RawResource extends Decimals {

    @GET
    public String found() {
        return find(1);
    }

    @Override
    @GET
    @Path("found")
    public String find(Number key) {
        return "reached";
    }
}
