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
 * Who may pass. Of each of the demanded sets the user must have at least one role; no user satisfies a set without
 * roles.
 *
 * <p>Immutable.
 *
 * @param declared whether an annotation says so; if not, the server's own rule remains
 * @param demands the sets of roles; none means every caller, signed in or not
 * @param within how long ago the user may have signed in, if that matters
 */
public record AccessRule(boolean declared, Set<Set<String>> demands, Optional<Duration> within) {

    /** What holds where no annotation says anything. */
    public static final AccessRule UNDECLARED = new AccessRule(false, Set.of(), Optional.empty());

    /** Everybody, also anonymous callers. */
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

    /** The rule that lets pass only whom both let pass. */
    AccessRule and(AccessRule other) {
        if (other.equals(UNDECLARED)) { // so it is in every request that came by no locator
            return this;
        }
        Set<Set<String>> both = new HashSet<>(demands);
        both.addAll(other.demands);
        return new AccessRule(declared || other.declared, both, shortest(within, other.within));
    }

    /** This rule for users only who have signed in within that time, if there is one. */
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

    /** Whether a signed-in user passes, who is asked for one role at a time. */
    boolean admits(Predicate<String> userHasRole) {
        return demands.stream().allMatch(roles -> roles.stream().anyMatch(userHasRole));
    }
}
