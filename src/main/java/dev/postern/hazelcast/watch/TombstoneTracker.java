package dev.postern.hazelcast.watch;

import dev.postern.SessionOver;
import dev.postern.session.row.RowCodec;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.SessionRow.Revoked;
import dev.postern.session.token.Handle;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Says which sessions have ended by the tombstones that a node comes across, and names each session once: a tombstone
 * may be written again after a merge, and may be met again by a look over all rows.
 *
 * <p>It remembers the sessions that it has named last. One that it has forgotten cannot be told from one that it never
 * knew, so a look over all rows passes over tombstones that are older than this memory.
 *
 * <p>For one thread, except for {@link #isEnding}.
 */
public final class TombstoneTracker {

    /** How many named sessions are remembered. */
    static final int REMEMBERED = 16_384;

    private final RowCodec codec;
    private final Map<Handle, Instant> named = new LinkedHashMap<>();
    private Instant known;
    private Instant floor;

    /** The tombstones that a node comes across from a time on. */
    public TombstoneTracker(RowCodec codec, Instant start) {
        this.codec = codec;
        this.known = start;
        this.floor = start;
    }

    /**
     * A look over all rows begins. It meets the tombstones in no order, so what it forgets meanwhile must not make
     * others old.
     */
    public void beginLook() {
        floor = known;
    }

    /** Whether the change of a row ended a session. A tombstone that is written again, or lives longer, ended none. */
    public boolean isEnding(RowKey key, Optional<byte[]> before, byte[] after) {
        return isTombstone(key, after)
                && !before.map(row -> isTombstone(key, row)).orElse(false);
    }

    /** Whether the bytes are a tombstone. */
    public boolean isTombstone(RowKey key, byte[] row) {
        return tombstone(key, row).isPresent();
    }

    /**
     * The session that a new tombstone has ended; empty if it has been named before, or if the bytes are no tombstone.
     */
    public Optional<SessionOver> reportOnce(RowKey key, byte[] row) {
        Optional<Handle> session = key.session();
        return tombstone(key, row)
                .filter(any -> session.isPresent() && !named.containsKey(session.get()))
                .map(tombstone -> name(session.get(), tombstone));
    }

    /** The session of a tombstone that a look over all rows finds, which may be an old one. */
    public Optional<SessionOver> found(RowKey key, byte[] row) {
        boolean isOld = tombstone(key, row)
                .filter(tombstone -> tombstone.at().isBefore(floor))
                .isPresent();
        return isOld ? Optional.empty() : reportOnce(key, row);
    }

    private SessionOver name(Handle session, Revoked tombstone) {
        named.put(session, tombstone.at());
        if (named.size() > REMEMBERED) {
            forgetEldest();
        }
        return new SessionOver(session.text(), tombstone.reason(), tombstone.at());
    }

    private void forgetEldest() {
        Iterator<Instant> times = named.values().iterator();
        Instant eldest = times.next();
        times.remove();
        if (eldest.isAfter(known)) {
            known = eldest;
        }
    }

    private Optional<Revoked> tombstone(RowKey key, byte[] row) {
        return codec.decode(key, row).filter(Revoked.class::isInstance).map(Revoked.class::cast);
    }
}
