package dev.postern.session;

import dev.postern.PosternException;
import dev.postern.SessionCount;
import dev.postern.UserPage;
import dev.postern.UserPage.SignedInUser;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/**
 * All users with living sessions, page by page, in the order of their handles, which is nobody's alphabet but stays the same
 * while sessions come and go.
 *
 * <p>Every method throws {@link PosternException} when the grid does not answer in time. Safe for concurrent use.
 */
public final class Census {

    /** How many rows are fetched at once. */
    private static final int ROWS = 500;

    private final Rows rows;

    Census(Rows rows) {
        this.rows = rows;
    }

    /**
     * So many users at most, from behind the one where another page ended.
     *
     * @throws IllegalArgumentException when {@code after} is no {@link UserPage#next()}, or the limit is none
     */
    public UserPage page(Optional<String> after, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("A page has at least one user, not " + limit + ".");
        }
        return page(after.map(Census::behind).orElse(RowKey.BEGINNING), limit);
    }

    /** How many users and sessions there are. It reads all rows, and waits as long for each page as for a request. */
    public SessionCount count() {
        SessionCount count = new SessionCount(0, 0);
        Optional<String> next = Optional.of("");
        while (next.isPresent()) {
            UserPage page = page(next.filter(handle -> !handle.isEmpty()), ROWS);
            for (SignedInUser user : page.users()) {
                count = new SessionCount(count.users() + 1, count.sessions() + user.sessions());
            }
            next = page.next();
        }
        return count;
    }

    private UserPage page(RowKey start, int limit) {
        Visit visit = rows.visit();
        List<SignedInUser> users = new ArrayList<>();
        RowKey reached = start;
        while (true) {
            SortedMap<RowKey, Found> found = visit.rowsBehind(reached, ROWS);
            for (Handle handle : users(found)) {
                user(visit, handle).ifPresent(users::add);
                reached = RowKey.beyond(handle);
                if (users.size() == limit) {
                    return new UserPage(users, Optional.of(handle.text()));
                }
            }
            if (found.size() < ROWS) {
                return new UserPage(users, Optional.empty());
            }
        }
    }

    private static Set<Handle> users(SortedMap<RowKey, Found> found) {
        Set<Handle> users = new LinkedHashSet<>();
        found.keySet().forEach(key -> key.user().ifPresent(users::add));
        return users;
    }

    /** A page of rows may have cut the last user's in two, so each user's are looked up. */
    private static Optional<SignedInUser> user(Visit visit, Handle handle) {
        List<LivingSession> living = Roster.of(visit, handle);
        return living.stream()
                .max((one, other) -> one.row()
                        .times()
                        .lastSeen()
                        .compareTo(other.row().times().lastSeen()))
                .map(last -> new SignedInUser(
                        last.row().user().name(),
                        living.size(),
                        last.row().times().lastSeen()));
    }

    private static RowKey behind(String handle) {
        return Handle.parse(handle)
                .map(RowKey::beyond)
                .orElseThrow(() -> new IllegalArgumentException("There is no page after " + handle.length()
                        + " characters that no page has given as its next one."));
    }
}
