package dev.postern;

import java.util.Optional;

/**
 * A request to end all sessions of a user, for code that wants to know nothing else of Postern: fire it as a CDI event
 * when a password was changed, an account disabled or a role taken away.
 *
 * <p>When {@code fire} returns, the sessions are over; when the cluster does not answer it throws
 * {@link PosternException}, and a transaction in which it was fired should not be committed. {@code fireAsync} reports
 * the same through its stage. Firing it again changes nothing. Immutable.
 *
 * @param user the name of the user, in any spelling, or any other name that {@link CurrentUserLoader#canonicalName}
 *     knows
 * @param spared the handle of a session that goes on; absent when none does
 */
public record SignOutEverywhere(String user, Optional<String> spared) {

    /** A request to end all sessions of the user. */
    public static SignOutEverywhere of(String user) {
        return new SignOutEverywhere(user, Optional.empty());
    }

    /**
     * A request to end all sessions of the user but the one with this handle, {@link SessionMetadata#fingerprint()}.
     */
    public static SignOutEverywhere except(String user, String handle) {
        return new SignOutEverywhere(user, Optional.of(handle));
    }
}
