package dev.postern.hazelcast;

import com.hazelcast.core.EntryEvent;
import com.hazelcast.map.listener.EntryAddedListener;
import com.hazelcast.map.listener.EntryMergedListener;
import com.hazelcast.map.listener.EntryUpdatedListener;
import com.hazelcast.nio.serialization.HazelcastSerializationException;
import dev.postern.session.RowKey;
import dev.postern.session.Tombstones;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Hears of every row that changes in the cluster, picks out those that became tombstones, and hands them on. It runs on
 * Hazelcast's own threads, and so does nothing else.
 *
 * <p>Safe for concurrent use.
 */
final class TombstoneListener
        implements EntryAddedListener<String, Object>,
                EntryUpdatedListener<String, Object>,
                EntryMergedListener<String, Object> {

    private final Tombstones tombstones;
    private final BiConsumer<RowKey, byte[]> next;

    TombstoneListener(Tombstones tombstones, BiConsumer<RowKey, byte[]> next) {
        this.tombstones = tombstones;
        this.next = next;
    }

    @Override
    public void entryAdded(EntryEvent<String, Object> event) {
        changed(event, Optional.empty());
    }

    @Override
    public void entryUpdated(EntryEvent<String, Object> event) {
        changed(event, bytes(event::getOldValue));
    }

    /** What stood here before the merge was known on one side only, so a tombstone counts whatever it was. */
    @Override
    public void entryMerged(EntryEvent<String, Object> event) {
        changed(event, Optional.empty());
    }

    private void changed(EntryEvent<String, Object> event, Optional<byte[]> before) {
        bytes(event::getValue)
                .filter(after -> tombstones.isEnding(before, after))
                .ifPresent(after -> next.accept(new RowKey(event.getKey()), after));
    }

    /** A value is deserialized when it is asked for; one of a strange type is no tombstone (HZ-21). */
    static Optional<byte[]> bytes(Value value) {
        try {
            return value.get() instanceof byte[] row ? Optional.of(row) : Optional.empty();
        } catch (HazelcastSerializationException e) {
            return Optional.empty();
        }
    }

    /** A value of an event, which is absent now and then. */
    @FunctionalInterface
    interface Value {
        @Nullable
        Object get();
    }
}
