package dev.postern.session.durable;

import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;

/**
 * Things of which one is drawn, some more often than others.
 *
 * <p>Immutable.
 */
final class WeightedChoice<T> {

    private final NavigableMap<Integer, T> things;
    private final int total;

    private WeightedChoice(Map<Integer, T> things, int total) {
        this.things = new TreeMap<>(things);
        this.total = total;
    }

    static <T> WeightedChoice<T> of(int weight, T thing) {
        return new WeightedChoice<>(Map.of(0, thing), weight);
    }

    /** These things, and one more that is drawn so often. */
    WeightedChoice<T> or(int weight, T thing) {
        Map<Integer, T> more = new TreeMap<>(things);
        if (weight > 0) {
            more.put(total, thing);
        }
        return new WeightedChoice<>(more, total + weight);
    }

    T draw(Random random) {
        return things.floorEntry(random.nextInt(total)).getValue();
    }
}
