package dev.postern;

import java.time.Instant;
import java.util.Optional;

/**
 * The metadata of a session that is about to be written, for a {@link MetadataContributor}.
 *
 * <p>Names have 1 to 64 characters, values at most 512, and a session has at most 32 entries. Anything beyond these
 * bounds throws {@link IllegalArgumentException}.
 *
 * <p>For one request thread.
 */
public interface MetadataDraft {

    /** The time at which the session is created or renewed, by the cluster's clock. */
    Instant at();

    /** The entry of that name in the draft; empty if there is none. */
    Optional<String> get(String name);

    /** Sets the entry, or replaces it. */
    void put(String name, String value);

    /** Sets the entry, unless there is one of that name. */
    default void putIfAbsent(String name, String value) {
        if (get(name).isEmpty()) {
            put(name, value);
        }
    }
}
