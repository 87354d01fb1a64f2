package dev.postern.rest.access;

import dev.postern.session.LiveSession;
import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the last sign-in of a user has to be.
 *
 * <p>Immutable.
 *
 * @param within how long ago it may be; empty if that does not matter
 * @param methods the methods of authentication that it must have: one of each set
 */
public record Freshness(Optional<Duration> within, Set<Set<String>> methods) {

    /** Any sign-in will do. */
    static final Freshness NONE = new Freshness(Optional.empty(), Set.of());

    public Freshness {
        methods = Set.copyOf(methods);
    }

    /** A sign-in that is younger than this. */
    static Freshness within(Duration time) {
        return new Freshness(Optional.of(time), Set.of());
    }

    /** A sign-in by one of these methods. */
    static Freshness by(String... names) {
        return new Freshness(Optional.empty(), Set.of(Set.of(names)));
    }

    /** What both this and the other one demand. */
    Freshness and(Freshness other) {
        if (other.equals(NONE)) {
            return this;
        }
        Set<Set<String>> both = new HashSet<>(methods);
        both.addAll(other.methods);
        return new Freshness(
                Stream.of(within, other.within).flatMap(Optional::stream).min(Comparator.naturalOrder()), both);
    }

    /** What this demands; of age or methods, where this demands nothing of them, what the other one does. */
    Freshness over(Freshness other) {
        return new Freshness(within.or(other::within), methods.isEmpty() ? other.methods : methods);
    }

    /** Whether any sign-in is refused. */
    boolean restricts() {
        return !equals(NONE);
    }

    /** What the sign-in of this session lacks: all of it without a session, because nothing is known then. */
    Freshness lacking(Optional<LiveSession> session) {
        return session.map(live -> new Freshness(
                        within.filter(time -> live.sinceAuthentication().compareTo(time) >= 0),
                        methods.stream()
                                .filter(some ->
                                        Collections.disjoint(some, live.row().methods()))
                                .collect(Collectors.toSet())))
                .orElse(this);
    }

    /** The names of all methods, in their order. */
    Set<String> names() {
        return methods.stream().flatMap(Set::stream).collect(Collectors.toCollection(TreeSet::new));
    }
}
