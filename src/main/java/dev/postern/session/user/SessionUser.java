package dev.postern.session.user;

import java.util.Map;
import java.util.Set;

/**
 * The user of a session, as the identity store gave it at the sign-in.
 *
 * <p>Immutable.
 *
 * @param name has a character that is not white space, and no unpaired surrogates
 * @param roles the groups that the identity store gave
 * @param attributes what else the identity store said
 */
public record SessionUser(String name, Set<String> roles, Map<String, String> attributes) {

    public SessionUser {
        if (name.isBlank()) {
            throw new IllegalArgumentException("The identity store gave a user without a name.");
        }
        if (!UserNames.isText(name)) {
            throw new IllegalArgumentException("The identity store gave a user whose name has unpaired surrogates.");
        }
        roles = Set.copyOf(roles);
        attributes = Map.copyOf(attributes);
    }

    /** This user with other roles. */
    public SessionUser withRoles(Set<String> changed) {
        return new SessionUser(name, changed, attributes);
    }
}
