package dev.postern.hazelcast;

/**
 * How the repairs after merges went on this node since its start: how many rows stood and were seen to have their time
 * to live, how many had been undone or lost and were put back, and how many repairs were given up.
 *
 * <p>Immutable.
 */
public record MergeRepairs(long kept, long restored, long lost) {

    static final MergeRepairs NONE = new MergeRepairs(0, 0, 0);

    @Override
    public String toString() {
        return kept + " rows were seen to have their time to live, " + restored
                + " that were undone or lost were put back in their place, " + lost + " repairs were given up.";
    }
}
