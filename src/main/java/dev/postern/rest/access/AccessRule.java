package dev.postern.rest.access;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which callers may pass: users who have at least one role of each demanded set. A set without roles is satisfied by no
 * user.
 *
 * <p>Immutable.
 *
 * @param declared whether an annotation demands this; if not, the server's own rule remains
 * @param demands the sets of roles; empty if every caller may pass, signed in or not
 * @param freshness what the last sign-in of the user has to be
 * @param isHalfWay whether anonymous callers are refused, except those who lack only their second factor
 */
public record AccessRule(boolean declared, Set<Set<String>> demands, Freshness freshness, boolean isHalfWay) {

    /** The rule where there is no annotation. */
    public static final AccessRule UNDECLARED = new AccessRule(false, Set.of(), Freshness.NONE, false);

    /** Every caller, anonymous ones included. */
    public static final AccessRule OPEN = new AccessRule(true, Set.of(), Freshness.NONE, false);

    /** No caller. */
    public static final AccessRule CLOSED = anyOf();

    public AccessRule {
        demands = Set.copyOf(demands);
    }

    /** Every user who has one of these roles; without roles, no caller. */
    public static AccessRule anyOf(String... roles) {
        return new AccessRule(true, Set.of(Set.copyOf(Arrays.asList(roles))), Freshness.NONE, false);
    }

    /** The rule that both this and the other one together make. */
    AccessRule and(AccessRule other) {
        if (other.equals(UNDECLARED)) { // as in every request that came by no locator
            return this;
        }
        Set<Set<String>> both = new HashSet<>(demands);
        both.addAll(other.demands);
        return new AccessRule(
                declared || other.declared, both, freshness.and(other.freshness), isHalfWay || other.isHalfWay);
    }

    /** This rule, which also demands this of the last sign-in. */
    AccessRule with(Freshness other) {
        return new AccessRule(declared, demands, freshness.and(other), isHalfWay);
    }

    /** This rule, which also refuses callers who have proven nothing, where that is asked for. */
    AccessRule halfWay(boolean isAskedFor) {
        return new AccessRule(declared, demands, freshness, isHalfWay || isAskedFor);
    }

    /** Whether a caller passes who has proven the first factor and lacks the second. */
    boolean admitsHalfWay() {
        return isHalfWay && demands.isEmpty() && !freshness.restricts();
    }

    /** Whether any caller is refused. */
    boolean restricts() {
        return !demands.isEmpty() || freshness.restricts() || isHalfWay;
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
