package dev.postern.session;

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
 * A walk over the rows of all users, some rows at a time, until it has met as many users with living sessions as a page
 * holds, or all, or a request may wait no longer.
 *
 * <p>For one thread.
 */
final class UserWalk {

    /** How many rows are fetched at once. */
    private static final int ROWS = 500;

    private final UnitOfWork beginning;
    private final int limit;
    private final List<SignedInUser> users = new ArrayList<>();
    private RowKey reached;
    private Optional<Handle> last = Optional.empty();
    private boolean hasJustMetSomebody;
    private boolean isAtTheEnd;

    UserWalk(UnitOfWork beginning, RowKey start, int limit) {
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
    void goOn(UnitOfWork visit) {
        SortedMap<RowKey, VersionedRow> found = visit.rowsBehind(reached, ROWS);
        SortedMap<Handle, SortedMap<RowKey, VersionedRow>> byUser = byUser(found);
        isAtTheEnd = found.size() < ROWS;
        hasJustMetSomebody = !byUser.isEmpty();
        for (Handle handle : byUser.keySet()) {
            if (isFull()) {
                return;
            }
            boolean isWhole = isAtTheEnd || !handle.equals(byUser.lastKey());
            (isWhole ? user(byUser.get(handle), handle, visit.now()) : user(visit, handle)).ifPresent(users::add);
            last = Optional.of(handle);
        }
        if (!isAtTheEnd) {
            reached = hasJustMetSomebody ? RowKey.beyond(byUser.lastKey()) : found.lastKey();
        }
    }

    private static SortedMap<Handle, SortedMap<RowKey, VersionedRow>> byUser(SortedMap<RowKey, VersionedRow> found) {
        SortedMap<Handle, SortedMap<RowKey, VersionedRow>> users = new TreeMap<>(Comparator.comparing(Handle::text));
        found.forEach((key, row) -> key.user().ifPresent(user -> users.computeIfAbsent(user, any -> new TreeMap<>())
                .put(key, row)));
        return users;
    }

    /**
     * The user to whom these rows belong; empty if none of them is a live session. Where the epoch cannot be read all
     * rows count that may be alive: one user must not hide the others, and an administrator has to find this one.
     */
    private static Optional<SignedInUser> user(Map<RowKey, VersionedRow> rows, Handle handle, Instant now) {
        Epoch epoch = Optional.ofNullable(rows.get(RowKey.epoch(handle)))
                .flatMap(UnitOfWork::readableEpoch)
                .orElse(Epoch.NONE);
        return ListedSession.among(rows, epoch, now).stream()
                .map(UserWalk::user)
                .reduce(UserWalk::together);
    }

    /** The same where the rows are many. */
    private static Optional<SignedInUser> user(UnitOfWork visit, Handle handle) {
        Epoch epoch =
                visit.find(RowKey.epoch(handle)).flatMap(UnitOfWork::readableEpoch).orElse(Epoch.NONE);
        List<SignedInUser> found = new ArrayList<>();
        visit.eachOf(handle, rows -> ListedSession.among(rows, epoch, visit.now()).stream()
                .map(UserWalk::user)
                .reduce(UserWalk::together)
                .ifPresent(found::add));
        return found.stream().reduce(UserWalk::together);
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
