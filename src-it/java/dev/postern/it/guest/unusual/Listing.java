package dev.postern.it.guest.unusual;

import jakarta.annotation.security.RolesAllowed;

/** Says who may call. */
public interface Listing {

    @RolesAllowed("clerk")
    String list();
}
