package dev.postern.session;

import dev.postern.PosternException;
import dev.postern.SessionCount;
import dev.postern.UserPage;
import dev.postern.UserPage.SignedInUser;
import java.util.Optional;

/**
 * All users with living sessions, page by page, in the order of their handles, which has no meaning but stays the same
 * while sessions come and go.
 *
 * <p>Every method throws {@link PosternException} when the grid does not answer in time. Safe for concurrent use.
 */
public final class SignedInUsers {

    /** How many users are counted at once. */
    private static final int USERS = 500;

    /** How many users a page has at most. */
    static final int MOST = 1000;

    private final RowStore rows;

    SignedInUsers(RowStore rows) {
        this.rows = rows;
    }

    /**
     * So many users at most, from behind the one where another page ended. Fewer, even none, when that takes longer
     * than a request may wait: rows stand for a while after their sessions have ended, and each is looked at.
     *
     * @throws IllegalArgumentException when {@code after} is no {@link UserPage#next()}, or the limit is not from 1 to
     *     1000
     */
    public UserPage page(Optional<String> after, int limit) {
        if (limit < 1 || limit > MOST) {
            throw new IllegalArgumentException("A page has 1 to " + MOST + " users, not " + limit + ".");
        }
        return page(after.map(SignedInUsers::behind).orElse(RowKey.BEGINNING), limit);
    }

    /**
     * How many users and sessions there are. It reads all rows, and waits as long for each piece of them as for a
     * request.
     */
    public SessionCount count() {
        SessionCount count = new SessionCount(0, 0);
        Optional<String> next = Optional.of("");
        while (next.isPresent()) {
            UserPage page = page(next.filter(handle -> !handle.isEmpty()), USERS);
            for (SignedInUser user : page.users()) {
                count = new SessionCount(count.users() + 1, count.sessions() + user.sessions());
            }
            next = page.next();
        }
        return count;
    }

    private UserPage page(RowKey start, int limit) {
        UserWalk walk = new UserWalk(rows.visit(), start, limit);
        while (!walk.hasEnded()) {
            walk.goOn(rows.visit());
        }
        return walk.page();
    }

    private static RowKey behind(String handle) {
        return Handle.parse(handle)
                .map(RowKey::beyond)
                .orElseThrow(() -> new IllegalArgumentException("There is no page after " + handle.length()
                        + " characters that no page has given as its next one."));
    }
}
