package dev.postern.session.row;

import dev.postern.Ending;
import dev.postern.session.generation.Generation;
import dev.postern.session.token.Handle;
import dev.postern.session.user.SessionUser;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What stands under a key of the credentials cache.
 *
 * <p>Immutable.
 */
public sealed interface SessionRow {

    /** A session that may be alive: its times decide. */
    record Active(
            SessionUser user,
            SessionTimes times,
            Generation generation,
            boolean isRemembered,
            Map<String, String> metadata)
            implements SessionRow {

        public Active {
            metadata = Map.copyOf(metadata);
        }

        public Active withTimes(SessionTimes changed) {
            return new Active(user, changed, generation, isRemembered, metadata);
        }

        public Active withGeneration(Generation changed) {
            return new Active(user, times, changed, isRemembered, metadata);
        }

        public Active withMetadata(Map<String, String> changed) {
            return new Active(user, times, generation, isRemembered, changed);
        }

        /**
         * The tombstone of the session. It stays beyond every deadline that a copy of the row can have: on the far side
         * of a split the user may just have signed in again, which begins the limits anew.
         */
        public Revoked ended(Instant now, Ending reason, SessionTimes.Limits lifespan) {
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
     * The sessions of this user that were created before the time are over. One may be spared, from which its user
     * ended all others: to that only the time applies that held for it before. A user has one epoch, and each new one
     * keeps what the one before has ended.
     */
    record Epoch(Instant notBefore, Optional<Spared> spared) implements SessionRow {

        /** The session that is over only when it was created before this earlier time. */
        public record Spared(Handle session, Instant notBefore) {}

        /** The epoch of a user whose sessions were never ended all at once. */
        public static final Epoch NONE = new Epoch(Instant.EPOCH, Optional.empty());

        public Epoch {
            if (spared.isPresent() && !spared.get().notBefore().isBefore(notBefore)) {
                throw new IllegalArgumentException("The time of the spared session must be before that of all others.");
            }
        }

        public boolean ends(Handle session, Active row) {
            return row.times().created().isBefore(bound(session));
        }

        /** Whether it ends more than a former one of the session, or of all that it does not spare. */
        public boolean isRaisedFor(Handle session, Epoch former) {
            return bound(session).isAfter(former.bound(session));
        }

        /** A later one, which spares at most the session that is kept. */
        public Epoch raisedTo(Instant time, Optional<Handle> kept) {
            return new Epoch(time, kept.map(session -> new Spared(session, bound(session))));
        }

        /** What ends each session that one of both ends, and no other. */
        public Epoch and(Epoch other) {
            Instant latest = later(notBefore, other.notBefore);
            return new Epoch(
                    latest,
                    Stream.of(spared, other.spared)
                            .flatMap(Optional::stream)
                            .map(Spared::session)
                            .map(session -> new Spared(session, later(bound(session), other.bound(session))))
                            .filter(session -> session.notBefore().isBefore(latest))
                            .findFirst());
        }

        /** Before when the session must not have been created. */
        private Instant bound(Handle session) {
            return spared.filter(one -> one.session().equals(session))
                    .map(Spared::notBefore)
                    .orElse(notBefore);
        }

        private static Instant later(Instant one, Instant other) {
            return one.isAfter(other) ? one : other;
        }
    }
}
