package dev.postern.session;

import dev.postern.session.SessionRow.Active;
import dev.postern.session.SessionRow.Epoch;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A session that was alive when its user's sessions were listed.
 *
 * <p>Immutable.
 */
public record LivingSession(Handle handle, Active row) {

    /** Of two from the same moment, the order of their handles: everybody who lists them has the same order. */
    private static final Comparator<LivingSession> NEWEST_FIRST = Comparator.comparing(
                    (LivingSession session) -> session.row().times().created())
            .thenComparing(session -> session.handle().text())
            .reversed();

    /** Those in these rows of one user, newest first. */
    static List<LivingSession> among(Map<RowKey, Found> rows, Epoch epoch, Instant now) {
        return rows.entrySet().stream()
                .flatMap(row -> of(row.getKey(), row.getValue(), epoch, now).stream())
                .sorted(NEWEST_FIRST)
                .toList();
    }

    /** The session in a row; nothing when it is over, ended by its user's epoch, or none. */
    static Optional<LivingSession> of(RowKey key, Found found, Epoch epoch, Instant now) {
        return key.session()
                .flatMap(handle -> found.row()
                        .filter(row -> row instanceof Active)
                        .map(row -> new LivingSession(handle, (Active) row)))
                .filter(session -> !session.row.times().areOver(now) && !epoch.ends(session.handle, session.row));
    }
}
