package dev.postern.session;

import dev.postern.Ending;
import dev.postern.PosternException;
import dev.postern.session.ending.SessionTerminator;
import dev.postern.session.generation.RequestSource;
import dev.postern.session.rotation.Rotation;
import dev.postern.session.rotation.RotationDecision;
import dev.postern.session.rotation.SessionPolicy;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.SessionRow;
import dev.postern.session.row.VersionedRow;
import dev.postern.session.store.UnitOfWork;
import dev.postern.session.token.Token;
import java.util.Optional;

/**
 * Ends the session of a presented token, at a sign-out or at a sign-in over it. A stolen token is judged as one first:
 * it ends the session as such, or where the limits say that stolen tokens are only refused, not at all.
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

    void leave(UnitOfWork work, Token token, Ending reason) {
        if (!isFoundToBeACopy(work, token, reason)) {
            terminator.terminate(work, RowKey.of(token), reason);
        }
    }

    /** Has the session ended later, where a stolen token would end it too: it is unknown now whether this one is. */
    void leaveLater(UnitOfWork work, Token token, Ending reason) {
        if (rotation.limits().renewal().onReuse() == SessionPolicy.Renewal.OnReuse.REVOKE) {
            terminator.postpone(work, RowKey.of(token), reason);
        }
    }

    /** Whether the row is to end, although it has not yet been possible. */
    boolean isLeft(Token token, SessionRow row) {
        return terminator.pendingEnding(RowKey.of(token), row).isPresent();
    }

    private boolean isFoundToBeACopy(UnitOfWork work, Token token, Ending reason) {
        try {
            return isFoundToBeACopy(work, token);
        } catch (PosternException e) {
            leaveLater(work, token, reason);
            throw e;
        }
    }

    private boolean isFoundToBeACopy(UnitOfWork work, Token token) {
        Optional<VersionedRow> found = work.find(RowKey.of(token));
        RotationDecision decision = found.flatMap(VersionedRow::row)
                .map(row -> rotation.decide(row, token, RequestSource.UNKNOWN, work.moment()))
                .orElseGet(RotationDecision.NoSession::new);
        return decision instanceof RotationDecision.Reuse
                && refusals.refuse(new ResumeAttempt(work, token, found.orElseThrow()), decision)
                        .isPresent();
    }
}
