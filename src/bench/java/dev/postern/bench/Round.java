package dev.postern.bench;

import java.util.List;

/** Gives one after the other, and begins again at the end. For one thread. */
final class Round<T> {

    private final List<T> all;
    private int next;

    Round(List<T> all) {
        this.all = List.copyOf(all);
    }

    T next() {
        if (next == all.size()) {
            next = 0;
        }
        return all.get(next++);
    }
}
