package dev.postern.hazelcast;

/**
 * How the repairs after merges went on this node since its start: how many rows got their time to live again, how many
 * tombstones and epochs had been undone and were put back, and how many repairs were given up.
 *
 * <p>Immutable.
 */
public record MergeRepairs(long kept, long restored, long lost) {

    static final MergeRepairs NONE = new MergeRepairs(0, 0, 0);

    @Override
    public String toString() {
        return kept + " rows got their time to live again, " + restored
                + " ended sessions and epochs were put back in their place, " + lost + " repairs were given up.";
    }
}
