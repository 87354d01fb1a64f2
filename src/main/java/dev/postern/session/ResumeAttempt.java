package dev.postern.session;

import dev.postern.session.row.RowKey;
import dev.postern.session.row.SessionRow;
import dev.postern.session.row.SessionRow.Active;
import dev.postern.session.row.VersionedRow;
import dev.postern.session.store.UnitOfWork;
import dev.postern.session.token.Token;
import java.time.Instant;
import java.util.Optional;

/** One try to resume a session: what was found for a token on a work. For one request thread. */
record ResumeAttempt(UnitOfWork work, Token token, VersionedRow found) {

    UnitOfWork.Outcome write(SessionRow next) {
        return work.swap(RowKey.of(token), found, next);
    }

    String handle() {
        return token.session().text();
    }

    Instant now() {
        return work.now();
    }

    boolean isEndedByTheEpoch(Active row) {
        return work.epoch(token.user()).ends(token.session(), row);
    }

    ResumeResult live(Active row) {
        return new ResumeResult.Live(new LiveSession(token, row, now()), Optional.empty());
    }
}
