package dev.postern.demo;

/** The roles of the desk, as the identity store names them. Immutable. */
final class Role {

    static final String CUSTOMER = "customer";
    static final String CLERK = "clerk";
    static final String MANAGER = "manager";

    private Role() {}
}
