package dev.postern.demo;

import java.util.List;

/** An account that the desk opens with; the password is the name with {@code -demo}. Immutable. */
record DemoUser(String name, List<String> roles) {

    static final List<DemoUser> ALL = List.of(
            new DemoUser("ada", List.of(Role.CUSTOMER)),
            new DemoUser("ben", List.of(Role.CUSTOMER)),
            new DemoUser("clara", List.of(Role.CLERK)),
            new DemoUser("mona", List.of(Role.CLERK, Role.MANAGER)));

    char[] password() {
        return (name + "-demo").toCharArray();
    }
}
