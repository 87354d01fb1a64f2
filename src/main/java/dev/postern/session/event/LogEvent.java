package dev.postern.session.event;

/**
 * What matters to security and is no {@link dev.postern.SessionEvent}: it is only logged, each under a word that stays
 * the same.
 */
public enum LogEvent {
    /** The grid did not answer: no request is accepted, and nothing is changed. */
    GRID_FAILED("grid_failed"),
    /** The application's own source of users failed: it is unknown which users may still be accepted. */
    USERS_UNKNOWN("users_unknown"),
    /** A session that was to be ended was given up, because the grid was away for too long. */
    ENDING_FORGOTTEN("session_ending_forgotten"),
    /**
     * The row that says which sessions of a user count could not be read, and was replaced when all of them were ended.
     */
    EPOCH_REPLACED("epoch_replaced"),
    /** A user name was taken for a wrong one, because it has special characters or is too long. */
    USER_NAME_REFUSED("user_name_refused"),
    /** A token would have travelled over plain http. */
    PLAIN_HTTP_REFUSED("plain_http_refused"),
    /** A page of another site may have made the request. */
    CROSS_SITE_REFUSED("cross_site_refused"),
    /** The user has none of the roles. */
    ACCESS_DENIED("authz_fail");

    private final String id;

    LogEvent(String id) {
        this.id = id;
    }

    /** The word by which the log calls it. */
    public String id() {
        return id;
    }

    /** The line of the log: the word, and a sentence. */
    public String told(String sentence) {
        return id + ": " + sentence;
    }
}
