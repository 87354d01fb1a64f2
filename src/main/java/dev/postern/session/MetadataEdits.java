package dev.postern.session;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Changes to a session's metadata, by the names of the entries: a value to set, or nothing for an entry to remove.
 *
 * <p>Immutable.
 */
public record MetadataEdits(Map<String, Optional<String>> changes) {

    /** No change. */
    public static final MetadataEdits NONE = new MetadataEdits(Map.of());

    public MetadataEdits {
        changes = Collections.unmodifiableMap(new TreeMap<>(changes));
    }

    /** These, and one more, which takes the place of an earlier one of that name. */
    public MetadataEdits and(String name, Optional<String> value) {
        Map<String, Optional<String>> all = new TreeMap<>(changes);
        all.put(name, value);
        return new MetadataEdits(all);
    }

    public boolean isEmpty() {
        return changes.isEmpty();
    }

    /**
     * What they make of the metadata that is there.
     *
     * @throws IllegalArgumentException when that would be more than a session keeps
     */
    public Map<String, String> on(Map<String, String> present) {
        BoundedMetadata draft = new BoundedMetadata(present, Instant.EPOCH);
        changes.keySet().forEach(draft::remove); // first, to make room
        changes.forEach((name, value) -> value.ifPresent(text -> draft.put(name, text)));
        return draft.entries();
    }
}
