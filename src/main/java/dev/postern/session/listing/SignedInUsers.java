package dev.postern.session.listing;

import dev.postern.PosternException;
import dev.postern.SessionCount;
import dev.postern.UserPage;
import dev.postern.UserPage.SignedInUser;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.SessionRow.Epoch;
import dev.postern.session.row.VersionedRow;
import dev.postern.session.store.RowStore;
import dev.postern.session.store.UnitOfWork;
import dev.postern.session.token.Handle;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All users with living sessions, page by page, in the order of their handles. That order has no meaning, but it stays
 * the same while sessions begin and end.
 *
 * <p>Every method throws {@link PosternException} if the grid does not answer in time. Safe for concurrent use.
 */
public final class SignedInUsers {

    /** How many users {@link #count} fetches at once. */
    private static final int COUNTED = 500;

    /** The most users on a page. */
    static final int MOST = 1000;

    private final RowStore rows;

    public SignedInUsers(RowStore rows) {
        this.rows = rows;
    }

    /**
     * The next users, at most {@code limit}. There are fewer, perhaps none, if finding them takes longer than a request
     * may wait: tombstones of ended sessions have to be read too.
     *
     * @param after the end of the page before; empty for the first page
     * @throws IllegalArgumentException if {@code after} is no {@link UserPage#next()}, or the limit is not from 1 to
     *     1000
     */
    public UserPage page(Optional<String> after, int limit) {
        if (limit < 1 || limit > MOST) {
            throw new IllegalArgumentException("A page has 1 to " + MOST + " users, not " + limit + ".");
        }
        return page(after.map(SignedInUsers::behind).orElse(RowKey.BEGINNING), limit);
    }

    /** How many users and sessions there are. Reads all rows; each batch may take as long as a request may wait. */
    public SessionCount count() {
        SessionCount count = new SessionCount(0, 0);
        Optional<String> next = Optional.empty();
        do {
            UserPage page = page(next, COUNTED);
            for (SignedInUser user : page.users()) {
                count = new SessionCount(count.users() + 1, count.sessions() + user.sessions());
            }
            next = page.next();
        } while (next.isPresent());
        return count;
    }

    private UserPage page(RowKey start, int limit) {
        UserCursor cursor = new UserCursor(rows.unitOfWork(), start, limit);
        while (!cursor.hasEnded()) {
            cursor.readNext(rows.unitOfWork());
        }
        return cursor.page();
    }

    private static RowKey behind(String handle) {
        return Handle.parse(handle)
                .map(RowKey::beyond)
                .orElseThrow(() -> new IllegalArgumentException("There is no page after " + handle.length()
                        + " characters that no page has given as its next one."));
    }

    /**
     * Reads the rows of all users, some at a time. It ends when the page is full, when there are no more rows, or when
     * the request may wait no longer.
     *
     * <p>For one thread.
     */
    private static final class UserCursor {

        /** How many rows are fetched at once. */
        private static final int ROWS = 500;

        private final UnitOfWork request;
        private final int limit;
        private final List<SignedInUser> users = new ArrayList<>();
        private RowKey reached;
        private Optional<Handle> last = Optional.empty();
        private boolean hasFoundUser;
        private boolean isAtTheEnd;

        UserCursor(UnitOfWork request, RowKey start, int limit) {
            this.request = request;
            this.reached = start;
            this.limit = limit;
        }

        /** A page may be empty, but it never ends where it began: at least one user is looked at, if there is one. */
        boolean hasEnded() {
            return isFull() || isAtTheEnd || (hasFoundUser && !request.hasTime());
        }

        private boolean isFull() {
            return users.size() == limit;
        }

        UserPage page() {
            return new UserPage(users, isAtTheEnd && !isFull() ? Optional.empty() : last.map(Handle::text));
        }

        /** Reads the next rows. The last user among them may have further rows, which are read separately. */
        void readNext(UnitOfWork work) {
            SortedMap<RowKey, VersionedRow> found = work.rowsBehind(reached, ROWS);
            SortedMap<Handle, SortedMap<RowKey, VersionedRow>> byUser = byUser(found);
            isAtTheEnd = found.size() < ROWS;
            hasFoundUser = !byUser.isEmpty();
            for (Handle handle : byUser.keySet()) {
                if (isFull()) {
                    return;
                }
                boolean isWhole = isAtTheEnd || !handle.equals(byUser.lastKey());
                (isWhole ? user(byUser.get(handle), handle, work.now()) : user(work, handle)).ifPresent(users::add);
                last = Optional.of(handle);
            }
            if (!isAtTheEnd) {
                RowKey end = found.lastKey();
                reached = end.user().map(RowKey::beyond).orElseGet(end::skippingOthers);
            }
        }

        private static SortedMap<Handle, SortedMap<RowKey, VersionedRow>> byUser(
                SortedMap<RowKey, VersionedRow> found) {
            SortedMap<Handle, SortedMap<RowKey, VersionedRow>> users =
                    new TreeMap<>(Comparator.comparing(Handle::text));
            found.forEach((key, row) -> key.user()
                    .ifPresent(user ->
                            users.computeIfAbsent(user, any -> new TreeMap<>()).put(key, row)));
            return users;
        }

        /** The user in these rows; empty if none of them is a living session. */
        private static Optional<SignedInUser> user(Map<RowKey, VersionedRow> rows, Handle handle, Instant now) {
            return among(rows, epoch(Optional.ofNullable(rows.get(RowKey.epoch(handle)))), now);
        }

        /** The user with this handle, whose rows are read in batches; empty if none is a living session. */
        private static Optional<SignedInUser> user(UnitOfWork work, Handle handle) {
            Epoch epoch = epoch(work.findEpochBeforeRows(handle));
            List<SignedInUser> found = new ArrayList<>();
            work.eachOf(handle, rows -> among(rows, epoch, work.now()).ifPresent(found::add));
            return found.stream().reduce(UserCursor::together);
        }

        /**
         * An unreadable epoch ends nothing here. One user must not hide all others, and an administrator has to find
         * this one.
         */
        private static Epoch epoch(Optional<VersionedRow> found) {
            return found.flatMap(VersionedRow::epoch).orElse(Epoch.NONE);
        }

        private static Optional<SignedInUser> among(Map<RowKey, VersionedRow> rows, Epoch epoch, Instant now) {
            return ListedSession.among(rows, epoch, now).stream()
                    .map(UserCursor::user)
                    .reduce(UserCursor::together);
        }

        private static SignedInUser user(ListedSession session) {
            return new SignedInUser(
                    session.row().user().name(), 1, session.row().times().lastSeen());
        }

        /** The user with the sessions of both. */
        private static SignedInUser together(SignedInUser one, SignedInUser other) {
            SignedInUser last = other.lastSeenAt().isAfter(one.lastSeenAt()) ? other : one;
            return new SignedInUser(last.name(), one.sessions() + other.sessions(), last.lastSeenAt());
        }
    }
}
