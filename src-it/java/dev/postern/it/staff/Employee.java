package dev.postern.it.staff;

import java.util.Set;

/** A user as the application knows them. */
public class Employee {

    private final String department;
    private final Set<String> roles;

    /** For proxies. */
    protected Employee() {
        this("", Set.of());
    }

    Employee(String department, Set<String> roles) {
        this.department = department;
        this.roles = roles;
    }

    public String department() {
        return department;
    }

    public Set<String> roles() {
        return roles;
    }
}
