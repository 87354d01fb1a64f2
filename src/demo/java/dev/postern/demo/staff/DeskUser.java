package dev.postern.demo.staff;

import java.util.Set;

/** A user as the accounts describe them now. Immutable. */
public record DeskUser(String name, Set<String> roles) {

    public DeskUser {
        roles = Set.copyOf(roles);
    }
}
