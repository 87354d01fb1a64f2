package dev.postern.hazelcast;

import com.hazelcast.core.LifecycleEvent;
import com.hazelcast.core.LifecycleListener;
import com.hazelcast.map.IMap;
import dev.postern.session.RowMergeRule;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.function.Consumer;

/**
 * Keeps the rows of this member when it has to give them up to another cluster, and hands them on when the merge is
 * over. A merge ends with the first row of which Hazelcast does not know whether its backups have it, which happens
 * when another member is being merged as well; the rest is lost then, without any report.
 *
 * <p>Hazelcast calls it on the thread that merges, and merges no rows when this throws. For that one thread.
 */
final class GivenUpRows implements LifecycleListener {

    private static final Logger LOG = System.getLogger(GivenUpRows.class.getName());

    private final IMap<String, Object> map;
    private final RowMergeRule rule;
    private final MergeGate gate;
    private final Consumer<LocalRowSnapshot> next;
    private volatile LocalRowSnapshot own = LocalRowSnapshot.NONE;

    GivenUpRows(IMap<String, Object> map, RowMergeRule rule, MergeGate gate, Consumer<LocalRowSnapshot> next) {
        this.map = map;
        this.rule = rule;
        this.gate = gate;
        this.next = next;
    }

    @Override
    public void stateChanged(LifecycleEvent event) {
        switch (event.getState()) {
            case MERGING -> keep();
            case MERGED, MERGE_FAILED -> {
                gate.open();
                LocalRowSnapshot kept = own;
                own = LocalRowSnapshot.NONE;
                next.accept(kept);
            }
            default -> {}
        }
    }

    /** Nothing may be acknowledged any more that is not among the rows. */
    private void keep() {
        try {
            gate.close();
            own = LocalRowSnapshot.of(map, rule);
        } catch (RuntimeException | OutOfMemoryError e) {
            own = LocalRowSnapshot.NONE;
            LOG.log(Level.WARNING, "The rows of this node cannot be kept for the merge.", e);
        }
    }
}
