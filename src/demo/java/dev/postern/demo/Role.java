package dev.postern.demo;

/** The roles of the desk, as the accounts name them. Immutable. */
public final class Role {

    public static final String CUSTOMER = "customer";
    public static final String CLERK = "clerk";
    public static final String MANAGER = "manager";

    private Role() {}
}
