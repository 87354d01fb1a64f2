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

    public SignedInUsers(RowStore rows) {
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
        UserCursor walk = new UserCursor(rows.unitOfWork(), start, limit);
        while (!walk.hasEnded()) {
            walk.goOn(rows.unitOfWork());
        }
        return walk.page();
    }

    private static RowKey behind(String handle) {
        return Handle.parse(handle)
                .map(RowKey::beyond)
                .orElseThrow(() -> new IllegalArgumentException("There is no page after " + handle.length()
                        + " characters that no page has given as its next one."));
    }

    /**
     * A walk over the rows of all users, some rows at a time, until it has met as many users with living sessions as a
     * page holds, or all, or a request may wait no longer.
     *
     * <p>For one thread.
     */
    static final class UserCursor {

        /** How many rows are fetched at once. */
        private static final int ROWS = 500;

        private final UnitOfWork beginning;
        private final int limit;
        private final List<SignedInUser> users = new ArrayList<>();
        private RowKey reached;
        private Optional<Handle> last = Optional.empty();
        private boolean hasJustMetSomebody;
        private boolean isAtTheEnd;

        UserCursor(UnitOfWork beginning, RowKey start, int limit) {
            this.beginning = beginning;
            this.reached = start;
            this.limit = limit;
        }

        /** A page may be empty, but never ends where it began: some user was looked at, if there is one. */
        boolean hasEnded() {
            return isFull() || isAtTheEnd || (hasJustMetSomebody && !beginning.hasTime());
        }

        private boolean isFull() {
            return users.size() == limit;
        }

        UserPage page() {
            return new UserPage(users, isAtTheEnd && !isFull() ? Optional.empty() : last.map(Handle::text));
        }

        /** Looks at the next rows. The last user among them may have more, and is asked for by name then. */
        void goOn(UnitOfWork work) {
            SortedMap<RowKey, VersionedRow> found = work.rowsBehind(reached, ROWS);
            SortedMap<Handle, SortedMap<RowKey, VersionedRow>> byUser = byUser(found);
            isAtTheEnd = found.size() < ROWS;
            hasJustMetSomebody = !byUser.isEmpty();
            for (Handle handle : byUser.keySet()) {
                if (isFull()) {
                    return;
                }
                boolean isWhole = isAtTheEnd || !handle.equals(byUser.lastKey());
                (isWhole ? user(byUser.get(handle), handle, work.now()) : user(work, handle)).ifPresent(users::add);
                last = Optional.of(handle);
            }
            if (!isAtTheEnd) {
                reached = hasJustMetSomebody ? RowKey.beyond(byUser.lastKey()) : found.lastKey();
            }
        }

        private static SortedMap<Handle, SortedMap<RowKey, VersionedRow>> byUser(
                SortedMap<RowKey, VersionedRow> found) {
            SortedMap<Handle, SortedMap<RowKey, VersionedRow>> users =
                    new TreeMap<>(Comparator.comparing(Handle::text));
            found.forEach((key, row) -> key.user().ifPresent(user -> users.computeIfAbsent(user, any -> new TreeMap<>())
                    .put(key, row)));
            return users;
        }

        /**
         * The user to whom these rows belong; empty if none of them is a live session. Where the epoch cannot be read
         * all rows count that may be alive: one user must not hide the others, and an administrator has to find this
         * one.
         */
        private static Optional<SignedInUser> user(Map<RowKey, VersionedRow> rows, Handle handle, Instant now) {
            Epoch epoch = Optional.ofNullable(rows.get(RowKey.epoch(handle)))
                    .flatMap(UnitOfWork::readableEpoch)
                    .orElse(Epoch.NONE);
            return ListedSession.among(rows, epoch, now).stream()
                    .map(UserCursor::user)
                    .reduce(UserCursor::together);
        }

        /** The same where the rows are many. */
        private static Optional<SignedInUser> user(UnitOfWork work, Handle handle) {
            Epoch epoch = work.find(RowKey.epoch(handle))
                    .flatMap(UnitOfWork::readableEpoch)
                    .orElse(Epoch.NONE);
            List<SignedInUser> found = new ArrayList<>();
            work.eachOf(handle, rows -> ListedSession.among(rows, epoch, work.now()).stream()
                    .map(UserCursor::user)
                    .reduce(UserCursor::together)
                    .ifPresent(found::add));
            return found.stream().reduce(UserCursor::together);
        }

        private static SignedInUser user(ListedSession session) {
            return new SignedInUser(
                    session.row().user().name(), 1, session.row().times().lastSeen());
        }

        /** What two parts of one user's sessions come to. */
        private static SignedInUser together(SignedInUser one, SignedInUser other) {
            SignedInUser last = other.lastSeenAt().isAfter(one.lastSeenAt()) ? other : one;
            return new SignedInUser(last.name(), one.sessions() + other.sessions(), last.lastSeenAt());
        }
    }
}
