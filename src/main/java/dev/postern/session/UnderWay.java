package dev.postern.session;

import java.util.Collection;
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

    /** Whether one more may be tried; if so, it has begun. */
    boolean begin(List<Watched> watched) {
        watched.forEach(one -> counts.merge(one.key(), 1, Integer::sum));
        if (watched.stream()
                .allMatch(
                        one -> counts.getOrDefault(one.key(), 0) <= one.limit().atOnce())) {
            return true;
        }
        end(watched);
        return false;
    }

    void end(Collection<Watched> watched) {
        watched.forEach(one -> counts.computeIfPresent(one.key(), (key, count) -> count > 1 ? count - 1 : null));
    }
}
