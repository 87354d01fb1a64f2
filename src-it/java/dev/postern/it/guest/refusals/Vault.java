package dev.postern.it.guest.refusals;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;

/** Demands a role. */
@Stateless
public class Vault {

    @RolesAllowed("clerk")
    public String open() {
        return "reached";
    }
}
