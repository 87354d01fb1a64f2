package dev.postern.session;

import dev.postern.Ending;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

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

        Active withGeneration(Generation changed) {
            return new Active(user, times, changed, isRemembered, metadata);
        }

        Active withMetadata(Map<String, String> changed) {
            return new Active(user, times, generation, isRemembered, changed);
        }

        /**
         * The tombstone of the session. It stays beyond every deadline that a copy of the row can have: on the far side of
         * a split the user may just have signed in again, which begins the limits anew.
         */
        Revoked ended(Instant now, Ending reason, Lifespan lifespan) {
            Instant latest = now.plus(lifespan.absolute());
            Instant known = times.absoluteDeadline();
            return new Revoked(now, reason, known.isAfter(latest) ? known : latest);
        }
    }

    /**
     * A tombstone: this session is over for good. It keeps the absolute deadline of the session that it buries, because
     * it has to stay longer than any copy of that.
     */
    record Revoked(Instant at, Ending reason, Instant absoluteDeadline) implements SessionRow {}

    /**
     * The sessions of this user that were created before the time are over, except for the one that is spared: the one from
     * which its user ended all others. The latest epoch of a user is the only one that counts.
     */
    record Epoch(Instant notBefore, Optional<Handle> spared) implements SessionRow {

        /** What holds for a user whose sessions nobody ever ended all at once. */
        static final Epoch NONE = new Epoch(Instant.MIN, Optional.empty());

        boolean ends(Handle session, Active row) {
            return row.times().created().isBefore(notBefore)
                    && spared.filter(session::equals).isEmpty();
        }
    }
}
