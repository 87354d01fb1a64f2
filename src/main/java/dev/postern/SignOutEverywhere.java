package dev.postern;

import java.util.Optional;

/**
 * A command to end all sessions of a user, for code that needs nothing else of Postern. Fire it as a CDI event when a
 * password was changed, an account disabled or a role taken away.
 *
 * <p>When {@link jakarta.enterprise.event.Event#fire fire} returns, the sessions are over. When the cluster does not
 * answer, it throws {@link PosternException}, and a transaction in which it was fired should not be committed. {@link
 * jakarta.enterprise.event.Event#fireAsync fireAsync} reports the same through its stage.
 *
 * <p>Idempotent. Immutable.
 *
 * @param user the name of the user, in any spelling, or any other name that {@link CurrentUserLoader#canonicalName}
 *     knows
 * @param spared the handle of a session that goes on; empty if none does
 */
public record SignOutEverywhere(String user, Optional<String> spared) {

    /** A command to end all sessions of the user. */
    public static SignOutEverywhere of(String user) {
        return new SignOutEverywhere(user, Optional.empty());
    }

    /**
     * A command to end all sessions of the user but the one with this handle, {@link SessionMetadata#fingerprint()}.
     */
    public static SignOutEverywhere except(String user, String handle) {
        return new SignOutEverywhere(user, Optional.of(handle));
    }
}
