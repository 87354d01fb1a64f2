package dev.postern.session;

import dev.postern.PosternException;
import dev.postern.SessionCount;
import dev.postern.UserPage;
import dev.postern.UserPage.SignedInUser;
import dev.postern.session.SessionRow.Epoch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

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
     * So many users at most, from behind the one where another page ended. Fewer, even none, when that takes longer than a
     * request may wait: rows stand for a while after their sessions have ended, and each is looked at.
     *
     * @throws IllegalArgumentException when {@code after} is no {@link UserPage#next()}, or the limit is none
     */
    public UserPage page(Optional<String> after, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("A page has at least one user, not " + limit + ".");
        }
        return page(after.map(Census::behind).orElse(RowKey.BEGINNING), limit);
    }

    /** How many users and sessions there are. It reads all rows, and waits as long for each piece of them as for a request. */
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
        Visit first = rows.visit();
        Visit visit = first;
        List<SignedInUser> users = new ArrayList<>();
        RowKey reached = start;
        while (true) {
            SortedMap<RowKey, Found> found = visit.rowsBehind(reached, ROWS);
            boolean isEnd = found.size() < ROWS;
            SortedMap<Handle, SortedMap<RowKey, Found>> byUser = byUser(found);
            for (Handle handle : byUser.keySet()) {
                boolean isWhole = isEnd || !handle.equals(byUser.lastKey());
                user(isWhole ? byUser.get(handle) : visit.rowsOf(handle), handle, visit.now())
                        .ifPresent(users::add);
                reached = RowKey.beyond(handle);
                if (users.size() == limit) {
                    return new UserPage(users, Optional.of(handle.text()));
                }
            }
            if (isEnd) {
                return new UserPage(users, Optional.empty());
            }
            if (!byUser.isEmpty() && !first.hasTime()) {
                return new UserPage(users, Optional.of(byUser.lastKey().text()));
            }
            reached = byUser.isEmpty() ? found.lastKey() : reached;
            visit = rows.visit();
        }
    }

    private static SortedMap<Handle, SortedMap<RowKey, Found>> byUser(SortedMap<RowKey, Found> found) {
        SortedMap<Handle, SortedMap<RowKey, Found>> users = new TreeMap<>(Comparator.comparing(Handle::text));
        found.forEach((key, row) -> key.user().ifPresent(user -> users.computeIfAbsent(user, any -> new TreeMap<>())
                .put(key, row)));
        return users;
    }

    /** The user to whom these rows belong; nothing when none of them is a living session. */
    private static Optional<SignedInUser> user(Map<RowKey, Found> rows, Handle handle, Instant now) {
        Epoch epoch = Visit.epoch(Optional.ofNullable(rows.get(RowKey.epoch(handle))));
        List<LivingSession> living = LivingSession.among(rows, epoch, now);
        return living.stream()
                .max(Comparator.comparing(session -> session.row().times().lastSeen()))
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
