package dev.postern.it.rig.client;

import java.util.List;

/**
 * What a client may ask a server for. The pages name the caller. A bare member has no pages, and answers for all of them alike.
 *
 * <p>Immutable.
 */
public enum Page {
    /** Postern's own resource, by which one signs in and out, and which says whether the session is there. */
    SESSION("postern/session", 200, true),
    RESOURCE("api/member", 200, true),
    CONSTRAINT("guarded", 200, true),
    OPEN_RESOURCE("api/member/open", 200, false),
    OPEN("echo", 200, false),
    LATE("late", 200, false),
    DISPATCHED("dispatched", 200, false),
    FORWARDED("forwarded", 200, false),
    FAILING("failing", 409, false);

    /** All but {@link #SESSION}; half of the requests are for guarded ones. */
    public static final List<Page> VISITED = List.of(
            RESOURCE,
            RESOURCE,
            RESOURCE,
            CONSTRAINT,
            CONSTRAINT,
            OPEN_RESOURCE,
            OPEN,
            LATE,
            DISPATCHED,
            FORWARDED,
            FAILING);

    private final String path;
    private final int status;
    private final boolean isGuarded;

    Page(String path, int status, boolean isGuarded) {
        this.path = path;
        this.status = status;
        this.isGuarded = isGuarded;
    }

    public String path() {
        return "/" + path;
    }

    /** The status when all is well. */
    public int status() {
        return status;
    }

    /** Whether a client without a session is refused. */
    public boolean isGuarded() {
        return isGuarded;
    }
}
