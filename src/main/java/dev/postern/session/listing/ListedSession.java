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
 * A session that was alive when its user's sessions were listed.
 *
 * <p>Immutable.
 */
public record ListedSession(Handle handle, Active row) {

    /** The newest first. */
    static final Comparator<ListedSession> NEWEST_FIRST =
            Comparator.comparing(ListedSession::rank).reversed();

    /**
     * Where a session stands among those of its user. Of two from the same moment, the order of their handles: all that
     * list them have the same order.
     */
    public record Rank(Instant created, String handle) implements Comparable<Rank> {

        private static final Pattern TEXT = Pattern.compile("([0-9]{1,15})[.]([A-Za-z0-9_-]{1,64})");

        /** The rank in a text; empty when it is none. */
        static Optional<Rank> parse(String text) {
            Matcher parts = TEXT.matcher(text);
            return parts.matches()
                    ? Optional.of(new Rank(Instant.ofEpochMilli(Long.parseLong(parts.group(1))), parts.group(2)))
                    : Optional.empty();
        }

        /** As a client sees it: it says nothing that a list does not say. */
        String text() {
            return created.toEpochMilli() + "." + handle;
        }

        @Override
        public int compareTo(Rank other) {
            int byTime = created.compareTo(other.created);
            return byTime == 0 ? handle.compareTo(other.handle) : byTime;
        }
    }

    /** The session as users may see it, and whether it is the current one. */
    public Session toSession(boolean isCurrent) {
        return toSession(handle, row, row.user(), isCurrent);
    }

    /** What users may see of a session: nothing that can be presented as a token. */
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
                row.metadata(),
                isCurrent);
    }

    public Rank rank() {
        return new Rank(row.times().created(), handle.text());
    }

    /** Those in these rows of one user. */
    public static List<ListedSession> among(Map<RowKey, VersionedRow> rows, Epoch epoch, Instant now) {
        return rows.entrySet().stream()
                .flatMap(row -> of(row.getKey(), row.getValue(), epoch, now).stream())
                .toList();
    }

    /** The session in a row; empty if it has expired, was ended by its user's epoch, or is none. */
    static Optional<ListedSession> of(RowKey key, VersionedRow found, Epoch epoch, Instant now) {
        return key.session()
                .flatMap(handle -> found.row()
                        .filter(row -> row instanceof Active)
                        .map(row -> new ListedSession(handle, (Active) row)))
                .filter(session -> !session.row.times().areOver(now) && !epoch.ends(session.handle, session.row));
    }
}
