package dev.postern.rest;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Who may pass. Of each of the demanded sets the user must have at least one role; a set without roles is one that
 * nobody satisfies.
 *
 * <p>Immutable.
 *
 * @param declared whether an annotation says so; if not, whatever the server itself does remains
 * @param demands the sets of roles; none means everybody, signed in or not
 */
record AccessRule(boolean declared, Set<Set<String>> demands) {

    /** What holds where no annotation says anything. */
    static final AccessRule UNDECLARED = new AccessRule(false, Set.of());

    /** Everybody, also anonymous callers. */
    static final AccessRule OPEN = new AccessRule(true, Set.of());

    /** Nobody. */
    static final AccessRule CLOSED = anyOf();

    AccessRule {
        demands = Set.copyOf(demands);
    }

    /** Every user who has one of these roles; without roles, nobody. */
    static AccessRule anyOf(String... roles) {
        return new AccessRule(true, Set.of(Set.copyOf(Arrays.asList(roles))));
    }

    /** The rule that lets pass only whom both let pass. */
    AccessRule and(AccessRule other) {
        Set<Set<String>> both = new HashSet<>(demands);
        both.addAll(other.demands);
        return new AccessRule(declared || other.declared, both);
    }

    /** Whether somebody is kept out. */
    boolean restricts() {
        return !demands.isEmpty();
    }

    /** Whether a signed-in user passes, who is asked for one role at a time. */
    boolean admits(Predicate<String> userHasRole) {
        return demands.stream().allMatch(roles -> roles.stream().anyMatch(userHasRole));
    }
}
