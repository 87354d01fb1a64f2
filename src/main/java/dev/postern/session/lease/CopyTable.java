package dev.postern.session.lease;

import dev.postern.session.row.RowKey;
import dev.postern.session.row.SessionRow.Active;
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
     * @param from when that was decided, for a clock that goes back
     */
    record Copy(Active row, Instant from, Instant until) {}

    /** A read of a row that may become a copy. Guarded by the table. */
    static final class Fill {

        private final RowKey key;
        private boolean isSpoiled;

        private Fill(RowKey key) {
            this.key = key;
        }
    }

    /** A read is about to be sent. */
    synchronized Fill begin(RowKey key) {
        Fill fill = new Fill(key);
        fills.add(fill);
        return fill;
    }

    /** The read has become this copy, unless its session was dropped meanwhile. */
    synchronized void keep(Fill fill, Copy copy) {
        if (!fill.isSpoiled) {
            copies.put(fill.key.text(), copy);
            if (copies.size() > most) {
                copies.remove(copies.keySet().iterator().next());
            }
        }
    }

    /** The read is over, whether or not it became a copy. */
    synchronized void end(Fill fill) {
        fills.remove(fill);
    }

    synchronized @Nullable Copy get(RowKey key) {
        return copies.get(key.text());
    }

    /** Drops the copies whose key begins with this text: one session, all of a user, or, with no text, all. */
    synchronized void drop(String prefix, boolean isWhole) {
        if (isWhole) {
            copies.remove(prefix);
        } else {
            copies.keySet().removeIf(key -> key.startsWith(prefix));
        }
        for (Fill fill : fills) {
            fill.isSpoiled |=
                    isWhole ? fill.key.text().equals(prefix) : fill.key.text().startsWith(prefix);
        }
    }

    synchronized int size() {
        return copies.size();
    }
}
