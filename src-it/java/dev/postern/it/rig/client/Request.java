package dev.postern.it.rig.client;

/**
 * What a client asks of a node.
 *
 * <p>Immutable.
 *
 * @param user whose session it is, or who is to have one; empty for a client without a session
 * @param handle the session whose token is presented; empty without one
 */
public record Request(Kind kind, Page page, String node, String user, String handle) {

    /** The requests that a node knows. */
    public enum Kind {
        /** To sign the user in, which ends the session that is presented. */
        BEGIN("POST", 201),
        /** To use the session, or to read a page without one. */
        RESUME("GET", 200),
        /** To use the session as a thief: with a token that has been replaced long ago. */
        COPY("GET", 200),
        /** To look at the session, which neither extends nor renews it. */
        LOOK("GET", 200),
        /** To sign out. */
        END("DELETE", 204),
        /** To end all sessions of the user. Only bare members know it. */
        END_ALL("", 0),
        /** To end the session of that handle, whose token is not looked at. Only bare members know it. */
        END_ONE("", 0),
        /** To end all sessions of the user but that one. Only bare members know it. */
        END_OTHERS("", 0),
        /** To say what the node has counted of its copies and their lease. Only bare members know it. */
        FIGURES("", 0),
        /** To say how long the map keeps the session's row. Only bare members know it. */
        LIFE("", 0);

        private final String method;
        private final int status;

        Kind(String method, int status) {
            this.method = method;
            this.status = status;
        }
    }

    public static Request of(Kind kind, String node, Held held) {
        Page page = kind == Kind.RESUME || kind == Kind.COPY ? Page.RESOURCE : Page.SESSION;
        return new Request(kind, page, node, held.user(), held.handle());
    }

    /** A use of the session on this page. */
    public static Request of(Page page, String node, Held held) {
        return new Request(Kind.RESUME, page, node, held.user(), held.handle());
    }

    public boolean isUse() {
        return kind == Kind.RESUME || kind == Kind.LOOK;
    }

    /** Whether it presents no session. */
    public boolean isWithout() {
        return handle.isEmpty();
    }

    /** Whether no client may be refused. */
    public boolean isForAll() {
        return kind == Kind.BEGIN || kind == Kind.END || !page.isGuarded();
    }

    public String method() {
        return kind.method;
    }

    /** The HTTP status when all is well. */
    public int status() {
        return isUse() || kind == Kind.COPY ? page.status() : kind.status;
    }
}
