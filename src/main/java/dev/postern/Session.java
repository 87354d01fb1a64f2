package dev.postern;

import java.time.Instant;
import java.util.Map;
import java.util.Set;

/**
 * A session, as users and administrators may see it. Nothing in it can be presented as a token.
 *
 * <p>Immutable. It shows the session as it was read. Times are the cluster's, to the millisecond.
 *
 * @param handle its public and permanent name, {@link SessionMetadata#fingerprint()}
 * @param user its user, as at the sign-in
 * @param times when it began, was last used, and ends
 * @param methods how its user was proven at the last sign-in, {@code pwd} for instance; empty if that is not known
 * @param metadata its entries, see {@link SessionMetadata}
 * @param isCurrent whether it is the session of the request that reads it
 */
public record Session(
        String handle, User user, Times times, Set<String> methods, Map<String, String> metadata, boolean isCurrent) {

    public Session {
        methods = Set.copyOf(methods);
        metadata = Map.copyOf(metadata);
    }

    /**
     * The user of a session.
     *
     * @param name the name as the identity store gave it at the sign-in; sessions of one user may differ in its
     *     spelling
     * @param roles the roles that the user had at the sign-in
     */
    public record User(String name, Set<String> roles) {

        public User {
            roles = Set.copyOf(roles);
        }
    }

    /**
     * The times of a session.
     *
     * @param createdAt when it began
     * @param authenticatedAt when the user last proved who they are
     * @param insertedAt since when its present secret is in use
     * @param lastSeenAt when it was last used, exact to the setting {@code postern.session.touch-every}
     * @param expiresAt when it ends unless it is used again
     */
    public record Times(
            Instant createdAt, Instant authenticatedAt, Instant insertedAt, Instant lastSeenAt, Instant expiresAt) {}
}
