package dev.postern.session.listing;

import dev.postern.Session;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.SessionRow.Active;
import dev.postern.session.row.SessionRow.Epoch;
import dev.postern.session.row.SessionTimes;
import dev.postern.session.row.VersionedRow;
import dev.postern.session.token.Handle;
import dev.postern.session.user.SessionUser;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A session that was alive when it was listed.
 *
 * <p>Immutable.
 */
public record ListedSession(Handle handle, Active row) {

    /** From the newest to the oldest. */
    static final Comparator<ListedSession> NEWEST_FIRST =
            Comparator.comparing(ListedSession::rank).reversed();

    /**
     * The place of a session among those of its user: by creation, then by handle. So every node lists them in the same
     * order.
     */
    public record Rank(Instant created, String handle) implements Comparable<Rank> {

        private static final Pattern TEXT = Pattern.compile("([0-9]{1,15})[.]([A-Za-z0-9_-]{1,64})");

        /** The rank in a text; empty if the text is none. */
        static Optional<Rank> parse(String text) {
            Matcher parts = TEXT.matcher(text);
            return parts.matches()
                    ? Optional.of(new Rank(Instant.ofEpochMilli(Long.parseLong(parts.group(1))), parts.group(2)))
                    : Optional.empty();
        }

        /** The rank as a client gets it. It holds nothing that a list of sessions does not hold. */
        String text() {
            return created.toEpochMilli() + "." + handle;
        }

        @Override
        public int compareTo(Rank other) {
            int byTime = created.compareTo(other.created);
            return byTime == 0 ? handle.compareTo(other.handle) : byTime;
        }
    }

    /** The session as applications see it. */
    public Session toSession(boolean isCurrent) {
        return toSession(handle, row, row.user(), isCurrent);
    }

    /** A session as applications see it. It holds nothing that can be presented as a token. */
    public static Session toSession(Handle handle, Active row, SessionUser user, boolean isCurrent) {
        SessionTimes times = row.times();
        return new Session(
                handle.text(),
                new Session.User(user.name(), user.roles()),
                new Session.Times(
                        times.created(),
                        times.authenticated(),
                        row.generation().since(),
                        times.lastSeen(),
                        times.expires()),
                row.methods(),
                row.metadata(),
                isCurrent);
    }

    public Rank rank() {
        return new Rank(row.times().created(), handle.text());
    }

    /** The living sessions in these rows of one user. */
    public static List<ListedSession> among(Map<RowKey, VersionedRow> rows, Epoch epoch, Instant now) {
        return rows.entrySet().stream()
                .flatMap(row -> of(row.getKey(), row.getValue(), epoch, now).stream())
                .toList();
    }

    /** The session in a row; empty if the row is none, or if the session is over. */
    static Optional<ListedSession> of(RowKey key, VersionedRow found, Epoch epoch, Instant now) {
        return key.session()
                .flatMap(handle -> found.row()
                        .flatMap(row -> row.ifAlive(handle, epoch, now))
                        .map(active -> new ListedSession(handle, active)));
    }
}
