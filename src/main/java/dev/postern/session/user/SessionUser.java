package dev.postern.session.user;

import java.util.Map;
import java.util.Set;

/**
 * Who a session belongs to, as the identity store said at sign-in. The name has at least one character that is no white
 * space.
 *
 * <p>Immutable.
 */
public record SessionUser(String name, Set<String> roles, Map<String, String> attributes) {

    public SessionUser {
        if (name.isBlank()) {
            throw new IllegalArgumentException("The identity store gave a user without a name.");
        }
        if (!UserNames.isText(name)) {
            throw new IllegalArgumentException("The identity store gave a user whose name has an unpaired surrogate.");
        }
        roles = Set.copyOf(roles);
        attributes = Map.copyOf(attributes);
    }

    /** The same user with other roles. */
    public SessionUser withRoles(Set<String> changed) {
        return new SessionUser(name, changed, attributes);
    }
}
