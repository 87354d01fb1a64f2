package dev.postern.it.guest.factor;

import dev.postern.Fresh;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** Asks for several factors, of whomever. */
@Path("strong")
@Fresh(by = {"mfa", "hwk"})
public class Strong {

    @GET
    public String get() {
        return "strong";
    }
}
