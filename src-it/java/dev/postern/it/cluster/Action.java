package dev.postern.it.cluster;

/**
 * What a browser may ask for. The pages tell who is calling.
 *
 * <p>Immutable.
 */
enum Action {
    SIGN_IN("postern/session", 201, false),
    SIGN_OUT("postern/session", 204, false),
    /** Asks Postern itself whether the session is there, when everything is over. */
    ROLL_CALL("postern/session", 200, true),
    RESOURCE("api/member", 200, true),
    CONSTRAINT("guarded", 200, true),
    OPEN_RESOURCE("api/member/open", 200, false),
    OPEN("echo", 200, false),
    LATE("late", 200, false),
    DISPATCHED("dispatched", 200, false),
    FORWARDED("forwarded", 200, false),
    FAILING("failing", 409, false);

    private final String path;
    private final int status;
    private final boolean isGuarded;

    Action(String path, int status, boolean isGuarded) {
        this.path = path;
        this.status = status;
        this.isGuarded = isGuarded;
    }

    String path() {
        return "/" + path;
    }

    /** The status when all is well. */
    int status() {
        return status;
    }

    /** Whether nobody gets an answer without a session. */
    boolean isGuarded() {
        return isGuarded;
    }

    String method() {
        return switch (this) {
            case SIGN_IN -> "POST";
            case SIGN_OUT -> "DELETE";
            default -> "GET";
        };
    }
}
