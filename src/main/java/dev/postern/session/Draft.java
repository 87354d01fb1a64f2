package dev.postern.session;

import dev.postern.MetadataDraft;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The metadata of a session that is about to be written, within its bounds. For one request thread. */
final class Draft implements MetadataDraft {

    private static final int MOST_ENTRIES = 32;
    private static final int LONGEST_NAME = 64;
    private static final int LONGEST_VALUE = 512;

    private final Instant at;
    private final Map<String, String> entries;

    Draft(Map<String, String> present, Instant at) {
        this.at = at;
        this.entries = new TreeMap<>(present);
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

    Map<String, String> entries() {
        return Map.copyOf(entries);
    }
}
