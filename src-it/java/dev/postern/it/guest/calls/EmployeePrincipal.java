package dev.postern.it.guest.calls;

import jakarta.security.enterprise.CallerPrincipal;

/** What the directory knows of a caller. */
public class EmployeePrincipal extends CallerPrincipal {

    private static final long serialVersionUID = 1;

    private final int room;

    EmployeePrincipal(String name, int room) {
        super(name);
        this.room = room;
    }

    int room() {
        return room;
    }
}
