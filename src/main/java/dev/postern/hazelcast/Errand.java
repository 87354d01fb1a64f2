package dev.postern.hazelcast;

import java.util.function.BiConsumer;

/**
 * One try at a piece of work that waits for its turn: by its {@link Turn}, and else what came first.
 *
 * @param number how many were sent before
 * @param tries how many this makes
 * @param failed is told when the work throws
 */
record Errand(Turn turn, long number, int tries, Runnable work, BiConsumer<Errand, RuntimeException> failed)
        implements Runnable, Comparable<Errand> {

    @Override
    public void run() {
        try {
            work.run();
        } catch (RuntimeException e) {
            failed.accept(this, e);
        }
    }

    /** The next try, behind what else has come. */
    Errand again(long number) {
        return new Errand(turn, number, tries + 1, work, failed);
    }

    @Override
    public int compareTo(Errand other) {
        int byTurn = turn.compareTo(other.turn);
        return byTurn != 0 ? byTurn : Long.compare(number, other.number);
    }
}
