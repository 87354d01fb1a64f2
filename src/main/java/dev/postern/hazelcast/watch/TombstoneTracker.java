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
 * Reports each session once whose tombstone a node sees. A tombstone may be seen several times: a merge can write it
 * again, and a scan of all rows finds it again.
 *
 * <p>The tracker remembers the last 16,384 sessions that it has reported. A scan skips tombstones that are older than
 * the newest forgotten one, because those may have been reported.
 *
 * <p>For one thread, except for {@link #isEnding} and {@link #isFromBeforeTheStart}.
 */
public final class TombstoneTracker {

    /** How many reported sessions are remembered. */
    static final int REMEMBERED = 16_384;

    private final RowCodec codec;
    private final Instant start;
    private final Map<Handle, Instant> reported = new LinkedHashMap<>();
    private Instant newestForgotten;
    private Instant scanFloor;

    /** A tracker that skips tombstones from before the start. */
    public TombstoneTracker(RowCodec codec, Instant start) {
        this.codec = codec;
        this.start = start;
        this.newestForgotten = start;
        this.scanFloor = start;
    }

    /**
     * A scan of all rows begins. It finds tombstones in no order, so one that is forgotten during the scan must not
     * make others count as old.
     */
    void beginScan() {
        scanFloor = newestForgotten;
    }

    /** Whether the change of a row ended a session. A tombstone that replaces a tombstone ended none. */
    boolean isEnding(RowKey key, Optional<byte[]> before, byte[] after) {
        return isTombstone(key, after)
                && !before.map(row -> isTombstone(key, row)).orElse(false);
    }

    /** Whether the session had ended before this node started: its tombstone comes back from a database. */
    boolean isFromBeforeTheStart(RowKey key, byte[] row) {
        return tombstone(key, row)
                .filter(tombstone -> tombstone.at().isBefore(start))
                .isPresent();
    }

    private boolean isTombstone(RowKey key, byte[] row) {
        return tombstone(key, row).isPresent();
    }

    /** The session of a tombstone; empty if it has been reported before, or if the bytes are no tombstone. */
    Optional<SessionOver> reportOnce(RowKey key, byte[] row) {
        Optional<Handle> session = key.session();
        return tombstone(key, row)
                .filter(any -> session.isPresent() && !reported.containsKey(session.get()))
                .map(tombstone -> report(session.get(), tombstone));
    }

    /** Like {@link #reportOnce}, for a tombstone that a scan finds; empty also if it is too old. */
    Optional<SessionOver> reportIfRecent(RowKey key, byte[] row) {
        boolean isOld = tombstone(key, row)
                .filter(tombstone -> tombstone.at().isBefore(scanFloor))
                .isPresent();
        return isOld ? Optional.empty() : reportOnce(key, row);
    }

    private SessionOver report(Handle session, Revoked tombstone) {
        reported.put(session, tombstone.at());
        if (reported.size() > REMEMBERED) {
            forgetEldest();
        }
        return new SessionOver(session.text(), tombstone.reason(), tombstone.at());
    }

    private void forgetEldest() {
        Iterator<Instant> times = reported.values().iterator();
        Instant eldest = times.next();
        times.remove();
        if (eldest.isAfter(newestForgotten)) {
            newestForgotten = eldest;
        }
    }

    private Optional<Revoked> tombstone(RowKey key, byte[] row) {
        return codec.decode(key, row).filter(Revoked.class::isInstance).map(Revoked.class::cast);
    }
}
