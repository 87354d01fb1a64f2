package dev.postern.session.request;

import dev.postern.session.LiveSession;
import dev.postern.session.MetadataEdits;
import dev.postern.session.SessionKeeper;
import dev.postern.session.token.Handle;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a request changes in the metadata of its session, until that is saved or dropped. It belongs to one session:
 * what a request writes before it signs another user in does not go to that user's.
 *
 * <p>Safe for concurrent use, because a request may go from thread to thread.
 */
public final class RequestEdits {

    /** The request attribute under which they are, once something was changed. */
    public static final String ATTRIBUTE = "dev.postern.edits";

    private final SessionKeeper keeper;
    private final Handle session;
    private MetadataEdits edits = MetadataEdits.NONE;
    private boolean isKept;

    public RequestEdits(SessionKeeper keeper, LiveSession session) {
        this.keeper = keeper;
        this.session = session.handle();
    }

    /** Those in the value of the attribute. */
    public static Optional<RequestEdits> of(@Nullable Object attribute) {
        return attribute instanceof RequestEdits edits ? Optional.of(edits) : Optional.empty();
    }

    /** Whether they are of this session. */
    public boolean isOf(LiveSession live) {
        return session.equals(live.handle());
    }

    /** The metadata of the session as it will be. */
    public synchronized Map<String, String> on(LiveSession live) {
        return edits.on(live.row().metadata());
    }

    /**
     * Sets an entry, or removes it when there is no value.
     *
     * @throws IllegalArgumentException when the session would have more metadata than it keeps; then nothing changes
     */
    public synchronized void change(LiveSession live, String name, Optional<String> value) {
        MetadataEdits changed = edits.and(name, value);
        keeper.check(live, changed);
        edits = changed;
    }

    /**
     * Saves what has been changed, once.
     *
     * @return the login as it is then: that of an ended session stays what the request has been let in with
     * @throws dev.postern.PosternException when the grid does not answer; then the changes are dropped
     */
    public synchronized RequestLogin save(RequestLogin login) {
        MetadataEdits pending = edits;
        edits = MetadataEdits.NONE;
        return login instanceof RequestLogin.SignedIn signedIn && !pending.isEmpty() && isOf(signedIn.live())
                ? keeper.edit(signedIn.live(), pending).map(signedIn::after).orElse(signedIn)
                : login;
    }

    /** The resource method that has made the changes has returned, so that they are kept for any answer. */
    public synchronized void keep() {
        isKept = true;
    }

    public synchronized boolean isKept() {
        return isKept;
    }

    /** Forgets what has been changed. */
    public synchronized void drop() {
        edits = MetadataEdits.NONE;
        isKept = false;
    }
}
