package dev.postern;

import java.time.Instant;
import java.util.Map;
import java.util.Set;

/**
 * A session as users and administrators may see it. Nothing in it can be presented as a token.
 *
 * <p>Immutable. Times are the cluster's, to the millisecond; {@code lastSeenAt} is exact to the setting
 * {@code postern.session.touch-every}.
 *
 * @param handle its public and permanent name, {@link SessionMetadata#fingerprint()}
 * @param user the name of its user, and the roles that they had at the sign-in
 * @param times when it began, was last used, and ends
 * @param metadata what contributors gave it
 * @param isCurrent whether it is the session of the request that asks
 */
public record Session(String handle, User user, Times times, Map<String, String> metadata, boolean isCurrent) {

    public Session {
        metadata = Map.copyOf(metadata);
    }

    /**
     * Whose session it is: the name as the identity store gave it at this sign-in. Sessions of one user may differ in
     * its spelling.
     */
    public record User(String name, Set<String> roles) {

        public User {
            roles = Set.copyOf(roles);
        }
    }

    /**
     * Its times: when it began, when the user last proved who they are, since when its present secret is in use, when
     * it was last used, and when it ends unless it is used again.
     */
    public record Times(
            Instant createdAt, Instant authenticatedAt, Instant insertedAt, Instant lastSeenAt, Instant expiresAt) {}
}
