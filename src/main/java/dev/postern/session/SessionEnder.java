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
    private final ResumeRefusals refusing;
    private final SessionTerminator graveyard;

    SessionEnder(Rotation rotation, ResumeRefusals refusing, SessionTerminator graveyard) {
        this.rotation = rotation;
        this.refusing = refusing;
        this.graveyard = graveyard;
    }

    void leave(UnitOfWork visit, Token token, Ending reason) {
        if (!isFoundToBeACopy(visit, token, reason)) {
            graveyard.bury(visit, RowKey.of(token), reason);
        }
    }

    /** Has the session ended later, where a stolen token would end it too: it is unknown now whether this one is. */
    void leaveLater(UnitOfWork visit, Token token, Ending reason) {
        if (rotation.limits().renewal().onReuse() == SessionPolicy.Renewal.OnReuse.REVOKE) {
            graveyard.postpone(visit, RowKey.of(token), reason);
        }
    }

    /** Whether the row is to end, although it has not yet been possible. */
    boolean isLeft(Token token, SessionRow row) {
        return graveyard.postponed(RowKey.of(token), row).isPresent();
    }

    private boolean isFoundToBeACopy(UnitOfWork visit, Token token, Ending reason) {
        try {
            return isFoundToBeACopy(visit, token);
        } catch (PosternException e) {
            leaveLater(visit, token, reason);
            throw e;
        }
    }

    private boolean isFoundToBeACopy(UnitOfWork visit, Token token) {
        Optional<VersionedRow> found = visit.find(RowKey.of(token));
        RotationDecision decision = found.flatMap(VersionedRow::row)
                .map(row -> rotation.decide(row, token, RequestSource.UNKNOWN, visit.moment()))
                .orElseGet(RotationDecision.NoSession::new);
        return decision instanceof RotationDecision.Reuse
                && refusing.refuse(new ResumeAttempt(visit, token, found.orElseThrow()), decision)
                        .isPresent();
    }
}
