package dev.postern.session;

import dev.postern.Ending;
import dev.postern.PosternException;
import dev.postern.session.ending.SessionTerminator;
import dev.postern.session.generation.RequestSource;
import dev.postern.session.rotation.Rotation;
import dev.postern.session.rotation.RotationDecision;
import dev.postern.session.rotation.SessionPolicy;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.VersionedRow;
import dev.postern.session.store.UnitOfWork;
import dev.postern.session.token.Token;
import java.util.Optional;

/**
 * Ends the session of a presented token, at a sign-out or at a sign-in over it.
 *
 * <p>The token is first checked for reuse. A stolen one ends the session as such. If the policy only refuses stolen
 * tokens, it ends nothing.
 *
 * <p>Safe for concurrent use.
 */
final class SessionEnder {

    private final Rotation rotation;
    private final ResumeRefusals refusals;
    private final SessionTerminator terminator;

    SessionEnder(Rotation rotation, ResumeRefusals refusals, SessionTerminator terminator) {
        this.rotation = rotation;
        this.refusals = refusals;
        this.terminator = terminator;
    }

    void end(UnitOfWork work, Token token, Ending reason) {
        if (!isReuse(work, token, reason)) {
            terminator.end(work, RowKey.of(token), reason);
        }
    }

    /** Does nothing if stolen tokens are only refused: it is unknown whether this one is stolen. */
    void endLater(UnitOfWork work, Token token, Ending reason) {
        if (rotation.policy().renewal().onReuse() == SessionPolicy.Renewal.OnReuse.REVOKE) {
            terminator.endLater(work, RowKey.of(token), reason);
        }
    }

    private boolean isReuse(UnitOfWork work, Token token, Ending reason) {
        try {
            return isReuse(work, token);
        } catch (PosternException e) {
            endLater(work, token, reason);
            throw e;
        }
    }

    private boolean isReuse(UnitOfWork work, Token token) {
        Optional<VersionedRow> found = work.find(RowKey.of(token));
        RotationDecision decision = found.flatMap(VersionedRow::row)
                .map(row -> rotation.decide(row, token, RequestSource.UNKNOWN, work.time()))
                .orElseGet(RotationDecision.NoSession::new);
        return decision instanceof RotationDecision.Reuse
                && refusals.refuse(new ResumeAttempt(work, token, found.orElseThrow()), decision)
                        .isPresent();
    }
}
