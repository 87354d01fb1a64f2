package dev.postern.session;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The sign-ins that are being tried on this node: nobody knows yet whether they fail, so without a bound any number could get past
 * a tally at the same moment.
 *
 * <p>Safe for concurrent use.
 */
final class UnderWay {

    private final Map<Handle, Integer> counts = new ConcurrentHashMap<>();

    /** One more begins. How many there are now of each, in the same order, this one included. */
    Map<Watched, Integer> begin(List<Watched> watched) {
        Map<Watched, Integer> now = new LinkedHashMap<>();
        watched.forEach(one -> now.put(one, counts.merge(one.key(), 1, Integer::sum)));
        return now;
    }

    void end(Collection<Watched> watched) {
        watched.forEach(one -> counts.computeIfPresent(one.key(), (key, count) -> count > 1 ? count - 1 : null));
    }
}
