package dev.postern.it.guest.ignored;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;

/** Its container looks at what it carries. */
@Stateless
@RolesAllowed("clerk")
public class Enterprise {

    public String read() {
        return "reached";
    }
}
