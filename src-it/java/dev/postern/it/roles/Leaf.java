package dev.postern.it.roles;

import jakarta.ws.rs.GET;

/** A sub-resource that says nothing about roles. */
public class Leaf {

    @GET
    public String get() {
        return Visits.reached();
    }
}
