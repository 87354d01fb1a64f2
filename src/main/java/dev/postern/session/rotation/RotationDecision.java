package dev.postern.session.rotation;

import dev.postern.Ending;
import dev.postern.session.generation.OfferedTokens;
import dev.postern.session.row.SessionRow.Active;
import dev.postern.session.row.SessionRow.Revoked;
import dev.postern.session.token.ClientHash;
import dev.postern.session.token.SecretHash;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What {@link Rotation} makes of a token and a row, together with what has to be written for it.
 *
 * <p>Immutable.
 */
public sealed interface RotationDecision {

    /** The token lets its client in. */
    sealed interface Admission extends RotationDecision {

        /** The row as it is now. */
        Active row();
    }

    /** Nothing has to be written. */
    record Accept(Active row) implements Admission {}

    /** The use is worth writing down. */
    record Touch(Active row, Active next) implements Admission {}

    /** A successor with that number is to be offered; only who writes it down sends it. */
    record Mint(Active row, Active used, int number, ClientHash client, Instant at, Duration grace)
            implements Admission {

        /** The row with the successor on offer. */
        public Active offering(SecretHash successor) {
            return used.withGeneration(
                    used.generation().offering(new OfferedTokens.Offer(number, successor, at, client), grace));
        }
    }

    /**
     * The token is a successor that came back; it is the session's from now on. Healed, if it is not the one on offer.
     */
    record Confirm(Active row, Active next, boolean isHealed) implements Admission {}

    /** An older token, perhaps of a request that took its time: refused, and nothing else. */
    record Late() implements RotationDecision {}

    /**
     * A token that only a copy can still hold. The tombstone is absent where the policy is to refuse the copy alone.
     */
    record Reuse(Active row, Optional<Revoked> tombstone) implements RotationDecision {}

    /** The session is over. */
    record Over(Ending reason) implements RotationDecision {}

    /** What stands there is no session. */
    record NoSession() implements RotationDecision {}
}
