package dev.postern.session;

import dev.postern.PosternException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What one attempt does to its tallies. While free tries are left it counts when it has failed. Once there are none it counts
 * before anybody is asked, so that of all that arrive after a wait, on whichever node, one is let through; when that succeeds, it is
 * taken back. Of those that are tried at the same time on this node no more are let through than are free.
 *
 * <p>What an attempt does at one time, its beginning or its end, has one deadline for all that it asks of the grid.
 *
 * <p>For one request thread.
 */
final class Counting {

    /** How often others may be quicker. Each time one of them has been counted. */
    private static final int ROUNDS = 20;

    private static final Duration SOON = Duration.ofSeconds(1);

    private final TryCounts counts;
    private final Map<Watched, Integer> atOnce;
    private final Map<Watched, TallySwap> claims = new LinkedHashMap<>();
    private Map<Handle, Tally> seen = Map.of();
    private Instant began = Instant.EPOCH;
    private Deadline deadline = new Deadline(0);

    /** For what the attempt counts, and how many of each are tried on this node, this one included. */
    Counting(TryCounts counts, Map<Watched, Integer> atOnce) {
        this.counts = counts;
        this.atOnce = atOnce;
    }

    Set<Watched> watched() {
        return atOnce.keySet();
    }

    /** How long the attempt has to wait; zero when it may be made. */
    Duration begin() {
        deadline = counts.deadline();
        if (watched().stream().anyMatch(this::isCrowded)) {
            return SOON;
        }
        for (int round = 0; round < ROUNDS; round++) {
            read(watched());
            began = counts.now();
            Duration wait = watched().stream()
                    .map(this::wait)
                    .max(Comparator.naturalOrder())
                    .orElse(Duration.ZERO);
            if (!wait.isZero() || claim()) {
                return wait;
            }
        }
        throw busy();
    }

    private Duration wait(Watched one) {
        Duration left = tally(one).left(one.limit(), began);
        return left.isZero() && isCrowded(one) ? SOON : left;
    }

    /**
     * Whether more would have failed than are free, if all did that are tried on this node. Those that had ended before this one
     * began stand in the tally, which was read later.
     */
    private boolean isCrowded(Watched one) {
        return !isExhausted(one)
                && standing(one) + atOnce.getOrDefault(one, 0) > one.limit().free();
    }

    /** Whether nobody else has tried meanwhile where one only may try; otherwise it has counted nowhere. */
    private boolean claim() {
        watched().stream().filter(this::isExhausted).forEach(one -> claims.put(one, one.failed(tally(one), began)));
        Set<Handle> made = swap(claims.values());
        if (made.size() == claims.size()) {
            return true;
        }
        claims.keySet().removeIf(one -> !made.contains(one.key()));
        List<TallySwap> back = new ArrayList<>();
        claims.forEach((one, claim) -> back.add(one.takenBack(claim)));
        Set<Handle> unused = swap(back);
        claims.clear();
        return false;
    }

    private boolean isExhausted(Watched one) {
        return standing(one) >= one.limit().free();
    }

    private int standing(Watched one) {
        return tally(one).standing(one.limit(), began);
    }

    /** Counts the attempt. */
    void fail() {
        deadline = counts.deadline();
        List<Watched> left = new ArrayList<>(watched());
        left.removeAll(claims.keySet());
        for (int round = 0; !left.isEmpty(); round++) {
            if (round == ROUNDS) {
                throw busy();
            }
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
        deadline = counts.deadline();
        Instant now = counts.now();
        List<TallySwap> swaps = new ArrayList<>();
        for (Watched one : watched()) {
            TallySwap claim = claims.get(one);
            Tally present = claim == null ? tally(one) : claim.next();
            if (one.isForgiving() && present.failures() > 0) {
                swaps.add(one.forgiven(present, now));
            } else if (claim != null) {
                swaps.add(one.takenBack(claim));
            }
        }
        Set<Handle> unused = swap(swaps);
    }

    private static PosternException busy() {
        return new PosternException("Others sign in at the same place all the time.");
    }

    private Tally tally(Watched one) {
        return Objects.requireNonNullElse(seen.get(one.key()), Tally.NONE);
    }

    private void read(Collection<Watched> some) {
        seen = some.isEmpty()
                ? Map.of()
                : counts.read(some.stream().map(Watched::key).toList(), deadline);
    }

    private Set<Handle> swap(Collection<TallySwap> swaps) {
        return swaps.isEmpty() ? Set.of() : counts.swap(swaps, deadline);
    }
}
