package dev.postern.session;

import dev.postern.session.row.RowKey;
import dev.postern.session.row.SessionRow;
import dev.postern.session.row.SessionRow.Active;
import dev.postern.session.row.VersionedRow;
import dev.postern.session.store.Failures;
import dev.postern.session.store.UnitOfWork;
import dev.postern.session.token.Token;
import java.time.Instant;
import java.util.Optional;

/** One attempt to resume a session: the token, and the row that was found for it. For one request thread. */
record ResumeAttempt(UnitOfWork work, Token token, VersionedRow found) {

    UnitOfWork.Outcome write(SessionRow next) {
        return work.swap(RowKey.of(token), found, next);
    }

    /** Like {@link #write(SessionRow)}, and returns also if the grid has the row and a database beside it has not. */
    UnitOfWork.Outcome write(SessionRow next, Failures late) {
        return work.swap(RowKey.of(token), found, next, late::add);
    }

    String handle() {
        return token.session().text();
    }

    Instant now() {
        return work.now();
    }

    /** Whether the session is over, now that its user's epoch is read as well. */
    boolean isOver(Active row) {
        return row.ending(token.session(), work.epoch(token.user()), now()).isPresent();
    }

    ResumeResult live(Active row) {
        return new ResumeResult.Live(new LiveSession(token, row, now()), Optional.empty());
    }
}
