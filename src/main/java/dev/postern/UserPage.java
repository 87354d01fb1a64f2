package dev.postern;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Some of the users with living sessions, from {@link Sessions#users}. There may be fewer than were asked for, even
 * none, and a next page all the same: to read all users, ask until there is no next page.
 *
 * <p>Immutable.
 *
 * @param next what to ask the next page with; absent when this is the last
 */
public record UserPage(List<SignedInUser> users, Optional<String> next) {

    public UserPage {
        users = List.copyOf(users);
    }

    /** A user, with how many living sessions, and when one of them was last used. */
    public record SignedInUser(String name, int sessions, Instant lastSeenAt) {}
}
