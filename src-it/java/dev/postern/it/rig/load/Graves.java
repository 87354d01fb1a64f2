package dev.postern.it.rig.load;

import dev.postern.it.rig.client.Held;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The tokens of sessions that are over for their clients, which have ended them, or tried to.
 *
 * <p>For one thread.
 */
final class Graves {

    /** So many are tried again and again; older ones only in the end. */
    private static final int RECENT = 300;

    private final Map<String, Held> all = new LinkedHashMap<>();
    private final List<Held> order = new ArrayList<>();
    private int known;

    void add(Held held) {
        if (all.put(held.handle(), held) == null) {
            order.add(held);
        }
    }

    /** One of those that were ended last. */
    Optional<Held> any(RandomGenerator random) {
        int recent = Math.min(RECENT, order.size());
        return recent == 0 ? Optional.empty() : Optional.of(order.get(order.size() - 1 - random.nextInt(recent)));
    }

    /** Those that have been added since the last time that somebody asked. */
    List<Held> recent() {
        List<Held> recent = List.copyOf(order.subList(known, order.size()));
        known = order.size();
        return recent;
    }

    List<Held> all() {
        return List.copyOf(order);
    }
}
