package dev.postern;

import java.util.List;
import java.util.Optional;

/**
 * Some of the living sessions of one user, newest first, from {@link Sessions#mine(int)} and {@link Sessions#of(String,
 * int)}.
 *
 * <p>Immutable.
 *
 * @param next what to ask the next page with; absent when this is the last
 */
public record SessionPage(List<Session> sessions, Optional<String> next) {

    public SessionPage {
        sessions = List.copyOf(sessions);
    }
}
