package dev.postern.session;

import dev.postern.PosternException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What one attempt does to its tallies. While free tries are left it counts when it has failed. Once there are none it counts
 * before anybody is asked, so that of all that arrive after a wait, on whichever node, one is let through; when that succeeds, it is
 * taken back.
 *
 * <p>For one request thread.
 */
final class Counting {

    /** How often others may be quicker. Each time one of them has been counted. */
    private static final int ROUNDS = 20;

    private final TryCounts counts;
    private final List<Watched> watched;
    private final Map<Watched, TallySwap> claims = new LinkedHashMap<>();
    private Map<Handle, Tally> seen = Map.of();
    private Instant began = Instant.EPOCH;

    Counting(TryCounts counts, List<Watched> watched) {
        this.counts = counts;
        this.watched = watched;
    }

    List<Watched> watched() {
        return watched;
    }

    /** How long the attempt has to wait; zero when it may be made. */
    Duration begin() {
        for (int round = 0; round < ROUNDS; round++) {
            read(watched);
            began = counts.now();
            Duration wait = longestWait();
            if (!wait.isZero() || claim()) {
                return wait;
            }
        }
        throw new PosternException("Others sign in at the same place all the time.");
    }

    private Duration longestWait() {
        return watched.stream()
                .map(one -> tally(one).left(one.limit(), began))
                .reduce(Duration.ZERO, (one, other) -> one.compareTo(other) > 0 ? one : other);
    }

    /** Whether nobody else has tried meanwhile where one only may try; otherwise it has counted nowhere. */
    private boolean claim() {
        watched.stream().filter(this::isExhausted).forEach(one -> claims.put(one, one.failed(tally(one), began)));
        Set<Handle> made = swap(claims.values());
        if (made.size() == claims.size()) {
            return true;
        }
        claims.keySet().removeIf(one -> !made.contains(one.key()));
        Set<Handle> unused =
                swap(claims.entrySet().stream().map(Counting::takenBack).toList());
        claims.clear();
        return false;
    }

    private static TallySwap takenBack(Map.Entry<Watched, TallySwap> claim) {
        return claim.getKey().swap(claim.getValue().next(), claim.getValue().seen());
    }

    private boolean isExhausted(Watched one) {
        return tally(one).standing(one.limit(), began) >= one.limit().free();
    }

    /** Counts the attempt, unless others were always quicker. */
    void fail() {
        List<Watched> left = new ArrayList<>(watched);
        left.removeAll(claims.keySet());
        for (int round = 0; round < ROUNDS && !left.isEmpty(); round++) {
            Instant now = counts.now();
            Set<Handle> made =
                    swap(left.stream().map(one -> one.failed(tally(one), now)).toList());
            left.removeIf(one -> made.contains(one.key()));
            read(left);
            left.removeIf(this::isFull);
        }
    }

    /** Nothing can be added to a tally that others have filled meanwhile. */
    private boolean isFull(Watched one) {
        return tally(one).failures() >= one.limit().most() && !tally(one).at().isBefore(began);
    }

    /** Forgives the failures, where they can only have been the user's own. What has failed meanwhile stands. */
    void succeed() {
        Instant now = counts.now();
        List<TallySwap> swaps = new ArrayList<>();
        for (Watched one : watched) {
            TallySwap claim = claims.get(one);
            Tally present = claim == null ? tally(one) : claim.next();
            if (one.isForgiving() && present.failures() > 0) {
                swaps.add(one.forgiven(present, now));
            } else if (claim != null) {
                swaps.add(one.swap(present, claim.seen()));
            }
        }
        Set<Handle> unused = swap(swaps);
    }

    private Tally tally(Watched one) {
        return Objects.requireNonNullElse(seen.get(one.key()), Tally.NONE);
    }

    private void read(List<Watched> some) {
        seen = some.isEmpty()
                ? Map.of()
                : counts.read(some.stream().map(Watched::key).toList());
    }

    private Set<Handle> swap(Collection<TallySwap> swaps) {
        return swaps.isEmpty() ? Set.of() : counts.swap(swaps);
    }
}
