package dev.postern.rest.access;

import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Which callers may pass: users who have at least one role of each demanded set. A set without roles is satisfied by no
 * user.
 *
 * <p>Immutable.
 *
 * @param declared whether an annotation demands this; if not, the server's own rule remains
 * @param demands the sets of roles; empty if every caller may pass, signed in or not
 * @param within how long ago the user may have signed in; empty if that does not matter
 */
public record AccessRule(boolean declared, Set<Set<String>> demands, Optional<Duration> within) {

    /** The rule where there is no annotation. */
    public static final AccessRule UNDECLARED = new AccessRule(false, Set.of(), Optional.empty());

    /** Every caller, anonymous ones included. */
    public static final AccessRule OPEN = new AccessRule(true, Set.of(), Optional.empty());

    /** No caller. */
    public static final AccessRule CLOSED = anyOf();

    public AccessRule {
        demands = Set.copyOf(demands);
    }

    /** Every user who has one of these roles; without roles, no caller. */
    public static AccessRule anyOf(String... roles) {
        return new AccessRule(true, Set.of(Set.copyOf(Arrays.asList(roles))), Optional.empty());
    }

    /** The rule that both this and the other one together make. */
    AccessRule and(AccessRule other) {
        if (other.equals(UNDECLARED)) { // as in every request that came by no locator
            return this;
        }
        Set<Set<String>> both = new HashSet<>(demands);
        both.addAll(other.demands);
        return new AccessRule(declared || other.declared, both, shortest(within, other.within));
    }

    /** This rule, with the shorter of its own time and the given one. */
    AccessRule within(Optional<Duration> time) {
        return new AccessRule(declared, demands, shortest(within, time));
    }

    private static Optional<Duration> shortest(Optional<Duration> one, Optional<Duration> other) {
        return Stream.of(one, other).flatMap(Optional::stream).min(Comparator.naturalOrder());
    }

    /** Whether any caller is refused. */
    boolean restricts() {
        return !demands.isEmpty() || within.isPresent();
    }

    /**
     * Whether a signed-in user passes.
     *
     * @param userHasRole whether the user has a role
     */
    boolean admits(Predicate<String> userHasRole) {
        return demands.stream().allMatch(roles -> roles.stream().anyMatch(userHasRole));
    }
}
