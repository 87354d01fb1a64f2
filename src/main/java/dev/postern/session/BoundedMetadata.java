package dev.postern.session;

import dev.postern.MetadataDraft;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The metadata of a session, which can be changed within its bounds. For one request thread. */
final class BoundedMetadata implements MetadataDraft {

    private static final Logger LOG = System.getLogger(BoundedMetadata.class.getName());
    private static final int MOST_ENTRIES = 32;
    private static final int LONGEST_NAME = 64;
    private static final int LONGEST_VALUE = 512;

    private final Instant at;
    private final Map<String, String> entries;

    BoundedMetadata(Map<String, String> present, Instant at) {
        this.at = at;
        this.entries = new TreeMap<>(present);
    }

    /** The metadata after the contributors have changed it. Their exceptions pass through. */
    static Map<String, String> of(Map<String, String> present, Instant at, Consumer<MetadataDraft> contributors) {
        BoundedMetadata draft = new BoundedMetadata(present, at);
        contributors.accept(draft);
        return draft.entries();
    }

    /**
     * The metadata after the contributors have changed it at a renewal. If one of them fails, it is unchanged: the
     * failure must not prevent the renewal.
     */
    static Map<String, String> renewed(Map<String, String> present, Instant at, Consumer<MetadataDraft> contributors) {
        try {
            return of(present, at, contributors);
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "A contributor failed, so the metadata of a renewed session stays as it is.", e);
            return present;
        }
    }

    Map<String, String> entries() {
        return Map.copyOf(entries);
    }

    void remove(String name) {
        entries.remove(name);
    }

    @Override
    public Instant at() {
        return at;
    }

    @Override
    public Optional<String> get(String name) {
        return Optional.ofNullable(entries.get(name));
    }

    @Override
    public void put(String name, String value) {
        if (name.isEmpty() || name.length() > LONGEST_NAME) {
            throw new IllegalArgumentException(
                    "The name of a metadata entry has 1 to " + LONGEST_NAME + " characters.");
        }
        if (value.length() > LONGEST_VALUE) {
            throw new IllegalArgumentException("The metadata entry " + name + " has " + value.length()
                    + " characters; at most " + LONGEST_VALUE + " are kept.");
        }
        if (!entries.containsKey(name) && entries.size() == MOST_ENTRIES) {
            throw new IllegalArgumentException("The metadata entry " + name + " would be the session's "
                    + (MOST_ENTRIES + 1) + "th; at most " + MOST_ENTRIES + " are kept.");
        }
        entries.put(name, value);
    }
}
