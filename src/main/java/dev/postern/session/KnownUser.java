package dev.postern.session;

import java.util.Optional;

/**
 * A user, and what the application itself knows of them, where it can say so.
 *
 * <p>Immutable, as far as the application's own object is.
 */
public record KnownUser(SessionUser user, Optional<Object> own) {}
