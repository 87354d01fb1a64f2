package dev.postern.session;

import java.time.Instant;
import java.util.Optional;

/**
 * The secrets of a session: the hash of the current one, its number and when it came into use; the successor that was
 * offered to the client and has not come back yet; and the former one while it is still accepted.
 *
 * <p>Immutable.
 */
public record Generation(
        int number, Instant since, SecretHash current, Optional<Pending> pending, Optional<Previous> previous) {

    /** A successor that was offered at a time. */
    public record Pending(SecretHash hash, Instant at) {}

    /** A former secret and until when it is accepted. */
    public record Previous(SecretHash hash, Instant until) {}

    static Generation first(SecretHash current, Instant now) {
        return new Generation(1, now, current, Optional.empty(), Optional.empty());
    }
}
