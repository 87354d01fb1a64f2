package dev.postern.session;

import java.time.Instant;
import java.util.Map;

/**
 * What stands under a key of the credentials cache.
 *
 * <p>Immutable.
 */
public sealed interface SessionRow {

    /** A session that may be alive: its times decide. */
    record Active(User user, Times times, Generation generation, boolean isRemembered, Map<String, String> metadata)
            implements SessionRow {

        public Active {
            metadata = Map.copyOf(metadata);
        }

        Active withTimes(Times changed) {
            return new Active(user, changed, generation, isRemembered, metadata);
        }
    }

    /**
     * A tombstone: this session is over for good. It keeps the absolute deadline of the session that it buries, because
     * it has to stay longer than any copy of that.
     */
    record Revoked(Instant at, Ending reason, Instant absoluteDeadline) implements SessionRow {}

    /** Sessions of this user that were created before the time are over. */
    record Epoch(Instant notBefore) implements SessionRow {}
}
