package dev.postern.bench;

import java.util.List;

/** Gives one after the other, and begins again at the end. Several threads may ask at once, and may then be given the same. */
final class Cycle<T> {

    private final List<T> all;
    private int next;

    Cycle(List<T> all) {
        this.all = List.copyOf(all);
    }

    T next() {
        int place = next;
        if (place >= all.size()) {
            place = 0;
        }
        next = place + 1;
        return all.get(place);
    }
}
