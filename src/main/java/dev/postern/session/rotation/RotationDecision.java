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
 * The result of {@link Rotation}, together with what has to be written for it.
 *
 * <p>Immutable.
 */
public sealed interface RotationDecision {

    /** The request is accepted. */
    sealed interface Admission extends RotationDecision {

        /** The row as it was read. */
        Active row();
    }

    /** Nothing is written. */
    record Accept(Active row) implements Admission {}

    /** The use is written. */
    record Touch(Active row, Active next) implements Admission {}

    /** A successor with this number is offered. Only the request that writes the offer sends it. */
    record Mint(Active row, Active used, int number, ClientHash client, Instant at, Duration grace)
            implements Admission {

        /** The row with the successor on offer. */
        public Active offering(SecretHash successor) {
            return used.withGeneration(
                    used.generation().offering(new OfferedTokens.Offer(number, successor, at, client), grace));
        }
    }

    /** The token is a successor and becomes the current one. It is healed if it is not on offer. */
    record Confirm(Active row, Active next, boolean isHealed) implements Admission {}

    /** A retired token, perhaps of a slow request. The request is refused, and nothing is written. */
    record Late() implements RotationDecision {}

    /** A stolen token. The tombstone is absent if the policy is to refuse the stolen token alone. */
    record Reuse(Active row, Optional<Revoked> tombstone) implements RotationDecision {}

    /** The session is over. */
    record Over(Ending reason) implements RotationDecision {}

    /** The row is no session. */
    record NoSession() implements RotationDecision {}
}
