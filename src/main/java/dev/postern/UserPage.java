package dev.postern;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One page of the users with living sessions, from {@link Sessions#users(int)}. It may have fewer users than were asked
 * for, even none, although there is a next page. To read all users, go on until {@code next} is empty.
 *
 * <p>Immutable.
 *
 * @param users the users, in an order that stays the same
 * @param next where the next page begins; empty if this is the last
 */
public record UserPage(List<SignedInUser> users, Optional<String> next) {

    public UserPage {
        users = List.copyOf(users);
    }

    /**
     * A user with living sessions.
     *
     * @param name the name, as the identity store gave it
     * @param sessions how many living sessions the user has
     * @param lastSeenAt when one of them was last used, exact to the setting {@code postern.session.touch-every}
     */
    public record SignedInUser(String name, int sessions, Instant lastSeenAt) {}
}
