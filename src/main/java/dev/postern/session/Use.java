package dev.postern.session;

import dev.postern.MetadataDraft;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How a request uses its session. A request that only looks, a poll for instance, neither extends nor renews it. One that
 * counts does, and brings who adds metadata when the session is renewed.
 *
 * <p>Immutable, as far as the contributors are.
 */
public record Use(Optional<Consumer<MetadataDraft>> contributors) {

    /** It only looks. */
    public static final Use PASSIVE = new Use(Optional.empty());

    /** It counts. */
    public static Use active(Consumer<MetadataDraft> contributors) {
        return new Use(Optional.of(contributors));
    }
}
