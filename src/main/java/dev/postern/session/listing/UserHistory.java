package dev.postern.session.listing;

import dev.postern.EndedSession;
import dev.postern.PosternException;
import dev.postern.session.concurrent.Deadline;
import dev.postern.session.durable.SessionArchive;
import dev.postern.session.token.TokenMint;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The sessions of a user that have been ended, as the database keeps them.
 *
 * <p>Safe for concurrent use.
 */
public final class UserHistory {

    private final Optional<SessionArchive> kept;
    private final TokenMint mint;
    private final Duration patience;

    /**
     * The history of users.
     *
     * @param kept empty if the application keeps none
     * @param patience how long a caller waits for the database
     */
    public UserHistory(Optional<SessionArchive> kept, TokenMint mint, Duration patience) {
        this.kept = kept;
        this.mint = mint;
        this.patience = patience;
    }

    /**
     * The sessions that ended last, the last one first.
     *
     * @throws IllegalStateException if the application keeps no history
     * @throws PosternException if the database does not answer in time
     */
    public List<EndedSession> of(String user, int most) {
        SessionArchive history = kept.orElseThrow(() ->
                new IllegalStateException("No history of sessions is kept, because postern.store.history is not set."));
        return history.newestOf(mint.userHandle(user), most, Deadline.in(patience)).stream()
                .map(past -> new EndedSession(past.session().text(), past.begun(), past.ended(), past.reason()))
                .toList();
    }
}
