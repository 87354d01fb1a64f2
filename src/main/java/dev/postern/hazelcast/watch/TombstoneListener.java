package dev.postern.hazelcast.watch;

import com.hazelcast.core.EntryEvent;
import com.hazelcast.map.listener.EntryAddedListener;
import com.hazelcast.map.listener.EntryMergedListener;
import com.hazelcast.map.listener.EntryUpdatedListener;
import dev.postern.hazelcast.map.MapValue;
import dev.postern.session.row.RowKey;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Receives every change of a row in the cluster, and passes on those that ended a session. It runs on Hazelcast's own
 * threads, so it does no more.
 *
 * <p>Safe for concurrent use.
 */
final class TombstoneListener
        implements EntryAddedListener<String, Object>,
                EntryUpdatedListener<String, Object>,
                EntryMergedListener<String, Object> {

    private final TombstoneTracker tracker;
    private final BiConsumer<RowKey, byte[]> next;

    TombstoneListener(TombstoneTracker tracker, BiConsumer<RowKey, byte[]> next) {
        this.tracker = tracker;
        this.next = next;
    }

    @Override
    public void entryAdded(EntryEvent<String, Object> event) {
        changed(event, Optional.empty());
    }

    @Override
    public void entryUpdated(EntryEvent<String, Object> event) {
        changed(event, MapValue.of(event::getOldValue));
    }

    /** The row from before the merge was known to one side only, so every tombstone counts. */
    @Override
    public void entryMerged(EntryEvent<String, Object> event) {
        changed(event, Optional.empty());
    }

    private void changed(EntryEvent<String, Object> event, Optional<byte[]> before) {
        RowKey key = new RowKey(event.getKey());
        MapValue.of(event::getValue)
                .filter(after -> tracker.isEnding(key, before, after))
                .ifPresent(after -> next.accept(key, after));
    }
}
