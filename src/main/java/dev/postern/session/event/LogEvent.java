package dev.postern.session.event;

/**
 * Incidents that matter to security and are only logged, unlike a {@link dev.postern.SessionEvent}. Each has an id that
 * stays the same from version to version. {@code src/docs/events.md} lists them.
 */
public enum LogEvent {
    /** The cluster did not answer: 503, and nothing is changed. */
    GRID_FAILED("grid_failed"),
    /** The keys of the identity provider could not be had, so a logout token could not be verified: 503. */
    PROVIDER_FAILED("provider_failed"),
    /** The application's {@code CurrentUserLoader} failed: 503. */
    USERS_UNKNOWN("users_unknown"),
    /** The retries to end a session were given up, because the cluster did not answer for too long. */
    ENDING_FORGOTTEN("session_ending_forgotten"),
    /** The epoch row of a user could not be read, and was replaced when all sessions of the user were ended. */
    EPOCH_REPLACED("epoch_replaced"),
    /** A user name counted as wrong, because it has special characters or is too long. */
    USER_NAME_REFUSED("user_name_refused"),
    /** A token would have been sent over plain http. */
    PLAIN_HTTP_REFUSED("plain_http_refused"),
    /** A page of another site may have made the request. */
    CROSS_SITE_REFUSED("cross_site_refused"),
    /** The user has none of the roles. */
    ACCESS_DENIED("authz_fail");

    private final String id;

    LogEvent(String id) {
        this.id = id;
    }

    /** The id in the log. */
    public String id() {
        return id;
    }

    /** The line of the log: the id, a colon and the sentence. */
    public String told(String sentence) {
        return id + ": " + sentence;
    }
}
