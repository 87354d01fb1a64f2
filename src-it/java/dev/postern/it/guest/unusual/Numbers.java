package dev.postern.it.guest.unusual;

import jakarta.annotation.security.DenyAll;

/** A contract with a bound. */
public interface Numbers<T extends Number> {

    @DenyAll
    String find(T key);
}
