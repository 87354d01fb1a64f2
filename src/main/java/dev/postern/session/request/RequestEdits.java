package dev.postern.session.request;

import dev.postern.session.LiveSession;
import dev.postern.session.MetadataEdits;
import dev.postern.session.SessionKeeper;
import dev.postern.session.token.Handle;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The changes that a request makes to the metadata of its session, until they are saved or dropped. They belong to one
 * session: changes from before another user's sign-in do not reach that user's session.
 *
 * <p>Safe for concurrent use, because a request may go from thread to thread.
 */
public final class RequestEdits {

    /** The request attribute that holds them, once something was changed. */
    public static final String ATTRIBUTE = "dev.postern.edits";

    private final SessionKeeper keeper;
    private final Handle session;
    private MetadataEdits edits = MetadataEdits.NONE;
    private boolean isKept;

    public RequestEdits(SessionKeeper keeper, LiveSession session) {
        this.keeper = keeper;
        this.session = session.handle();
    }

    /** The changes in the value of the attribute; empty if it holds none. */
    public static Optional<RequestEdits> of(@Nullable Object attribute) {
        return attribute instanceof RequestEdits edits ? Optional.of(edits) : Optional.empty();
    }

    /** Whether they are of this session. */
    public boolean isOf(LiveSession live) {
        return session.equals(live.handle());
    }

    /** The metadata of the session with these changes. */
    public synchronized Map<String, String> on(LiveSession live) {
        return edits.on(live.row().metadata());
    }

    /**
     * Sets an entry, or removes it if the value is empty.
     *
     * @throws IllegalArgumentException when the metadata would be beyond its bounds; then nothing changes
     */
    public synchronized void change(LiveSession live, String name, Optional<String> value) {
        MetadataEdits changed = edits.and(name, value);
        keeper.check(live, changed);
        edits = changed;
    }

    /**
     * Saves the changes, and forgets them. Idempotent.
     *
     * @return the login with the saved metadata; the login itself if the session has ended or nothing was changed
     * @throws dev.postern.PosternException when the cluster does not answer; then the changes are dropped
     */
    public synchronized RequestLogin save(RequestLogin login) {
        MetadataEdits pending = edits;
        edits = MetadataEdits.NONE;
        return login instanceof RequestLogin.SignedIn signedIn && !pending.isEmpty() && isOf(signedIn.live())
                ? keeper.edit(signedIn.live(), pending).map(signedIn::after).orElse(signedIn)
                : login;
    }

    /** Marks the changes to be saved with any answer, because the resource method that made them has returned. */
    public synchronized void keep() {
        isKept = true;
    }

    public synchronized boolean isKept() {
        return isKept;
    }

    /** Forgets the changes. Idempotent. */
    public synchronized void drop() {
        edits = MetadataEdits.NONE;
        isKept = false;
    }
}
