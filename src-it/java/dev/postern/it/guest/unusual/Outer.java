package dev.postern.it.guest.unusual;

import jakarta.annotation.security.DenyAll;

/** Has an inner class whose methods have its type variable. */
public class Outer<T> {

    /** Says who may call what is overridden. */
    public class Inner {

        @DenyAll
        public String find(T key) {
            return "reached";
        }
    }
}
