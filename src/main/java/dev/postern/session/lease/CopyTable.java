package dev.postern.session.lease;

import dev.postern.session.row.RowKey;
import dev.postern.session.row.SessionRow.Active;
import dev.postern.session.token.Handle;
import dev.postern.session.token.KnownToken;
import dev.postern.session.token.Token;
import dev.postern.session.user.ConfirmedRoles;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The copies of this node: a bounded number, the least recently used goes first. And the reads under way that may
 * become copies: one that began before its session was dropped does not.
 *
 * <p>A copy is found by the {@linkplain KnownToken#sessionPart(String) part} of a token's text that names the session.
 * That part is no secret: {@link KnownToken#in} compares the whole text.
 *
 * <p>Safe for concurrent use.
 */
final class CopyTable {

    private final int most;
    private final Map<String, Copy> copies = new LinkedHashMap<>(16, 0.75f, true);
    private final Set<Fill> fills = new HashSet<>();

    CopyTable(int most) {
        this.most = most;
    }

    /**
     * A session whose current token is accepted without a write until then, by the cluster's clock.
     *
     * @param token the current token
     * @param from when that was decided, for a clock that goes back
     * @param roles what the container has confirmed since
     */
    record Copy(KnownToken token, Active row, Instant from, Instant until, ConfirmedRoles roles) {}

    /** A read of a row that may become a copy. Guarded by the table. */
    static final class Fill {

        private final Handle user;
        private final RowKey key;
        private boolean isSpoiled;

        private Fill(Token token) {
            this.user = token.user();
            this.key = RowKey.of(token);
        }
    }

    /** The row of the token's session is about to be read. */
    synchronized Fill begin(Token token) {
        Fill fill = new Fill(token);
        fills.add(fill);
        return fill;
    }

    /** The read has become this copy, unless its session was dropped meanwhile. */
    synchronized void keep(Fill fill, Copy copy) {
        if (!fill.isSpoiled) {
            copies.put(copy.token().sessionPart(), copy);
            if (copies.size() > most) {
                copies.remove(copies.keySet().iterator().next());
            }
        }
    }

    /** The read is over, whether or not it became a copy. */
    synchronized void end(Fill fill) {
        fills.remove(fill);
    }

    /** The copy of the session that the text names; null if there is none. Any token of the session finds it. */
    @Nullable
    Copy get(String text) {
        String part = KnownToken.sessionPart(text);
        synchronized (this) {
            return copies.get(part);
        }
    }

    /** Drops the copy of one session. */
    void drop(RowKey key) {
        key.user().ifPresent(user -> key.session().ifPresent(session -> drop(user, session, key)));
    }

    private synchronized void drop(Handle user, Handle session, RowKey key) {
        copies.remove(KnownToken.sessionPart(user, session));
        fills.forEach(fill -> fill.isSpoiled |= fill.key.equals(key));
    }

    /** Drops the copies of all sessions of the user. */
    synchronized void drop(Handle user) {
        copies.values().removeIf(copy -> copy.token().user().equals(user));
        fills.forEach(fill -> fill.isSpoiled |= fill.user.equals(user));
    }

    /** Drops all copies. */
    synchronized void dropAll() {
        copies.clear();
        fills.forEach(fill -> fill.isSpoiled = true);
    }

    synchronized int size() {
        return copies.size();
    }
}
