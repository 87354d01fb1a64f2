package dev.postern;

import java.util.List;
import java.util.Optional;

/**
 * One page of the living sessions of one user, newest first, from {@link Sessions#mine(int)} or
 * {@link Sessions#of(String, int)}.
 *
 * <p>Immutable.
 *
 * @param sessions the sessions; empty if the user has none
 * @param next where the next page begins; empty if this is the last
 */
public record SessionPage(List<Session> sessions, Optional<String> next) {

    public SessionPage {
        sessions = List.copyOf(sessions);
    }
}
