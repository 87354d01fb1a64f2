package dev.postern.session;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Changes to a session's metadata.
 *
 * <p>Immutable.
 *
 * @param changes the new value of each entry by its name; an empty value removes the entry
 */
public record MetadataEdits(Map<String, Optional<String>> changes) {

    /** No change. */
    public static final MetadataEdits NONE = new MetadataEdits(Map.of());

    public MetadataEdits {
        changes = Collections.unmodifiableMap(new TreeMap<>(changes));
    }

    /** These changes and one more, which replaces an earlier change of the same entry. */
    public MetadataEdits and(String name, Optional<String> value) {
        Map<String, Optional<String>> all = new TreeMap<>(changes);
        all.put(name, value);
        return new MetadataEdits(all);
    }

    public boolean isEmpty() {
        return changes.isEmpty();
    }

    /**
     * The metadata after these changes.
     *
     * @throws IllegalArgumentException if that is more than a session may have
     */
    public Map<String, String> on(Map<String, String> present) {
        BoundedMetadata draft = new BoundedMetadata(present, Instant.EPOCH);
        changes.keySet().forEach(draft::remove); // first, to make room
        changes.forEach((name, value) -> value.ifPresent(text -> draft.put(name, text)));
        return draft.entries();
    }
}
