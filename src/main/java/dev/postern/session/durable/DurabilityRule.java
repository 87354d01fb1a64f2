package dev.postern.session.durable;

import dev.postern.session.durable.SessionArchive.PastSession;
import dev.postern.session.row.RowCodec;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.RowMergeRule;
import dev.postern.session.row.RowTtl;
import dev.postern.session.row.SessionRow;
import dev.postern.session.row.SessionRow.Active;
import dev.postern.session.row.SessionRow.Epoch;
import dev.postern.session.row.SessionRow.ProviderName;
import dev.postern.session.row.SessionRow.Revoked;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.BinaryOperator;

/**
 * Decides which rows the database has, and when they are written to it.
 *
 * <pre>
 * Row                                                        Durability
 * ---------------------------------------------------------  ----------
 * session                                                    LATER
 * tombstone                                                  FIRST
 * epoch                                                      AT_ONCE
 * name at an identity provider, which has ended it anew      AT_ONCE
 * such a name that has ended and is written unchanged        AT_ONCE
 * any other change of such a name                            LATER
 * sign-in that lacks its second factor, logout token         NONE
 * epoch that ends nothing, bytes that are no row             NONE
 * </pre>
 *
 * <p>Safe for concurrent use.
 */
final class DurabilityRule {

    private static final RowCodec PLAIN = RowCodec.plain();

    private final RowTtl lifetimes;
    private final RowMergeRule merging;

    DurabilityRule(RowTtl lifetimes) {
        this.lifetimes = lifetimes;
        this.merging = new RowMergeRule(lifetimes.codec());
    }

    /** When a row is written to the database. */
    enum Durability {
        /** Never. */
        NONE,
        /** After the grid and after the acknowledgement, with others. */
        LATER,
        /** After the grid, and before the acknowledgement. */
        AT_ONCE,
        /** Before the grid. */
        FIRST
    }

    RowCodec codec() {
        return lifetimes.codec();
    }

    /** Whether the database may have a row under the key. */
    boolean isDurable(RowKey key) {
        return key.session().isPresent() || key.isEpoch() || key.isProviderName();
    }

    /**
     * When the next row is written to the database.
     *
     * @param seen the row that it replaces; empty if there is none
     */
    Durability of(RowKey key, Optional<byte[]> seen, byte[] next) {
        Optional<SessionRow> row = isDurable(key) ? codec().decode(key, next) : Optional.empty();
        if (row.orElse(null) instanceof ProviderName name) {
            return isEnd(key, name, seen, next) ? Durability.AT_ONCE : Durability.LATER;
        }
        return row.map(DurabilityRule::of).orElse(Durability.NONE);
    }

    /** Whether the row is the end of a session. */
    boolean isTombstone(RowKey key, byte[] row) {
        return isDurable(key)
                && codec().decode(key, row).filter(Revoked.class::isInstance).isPresent();
    }

    private static Durability of(SessionRow row) {
        if (row instanceof Active) {
            return Durability.LATER;
        }
        if (row instanceof Revoked) {
            return Durability.FIRST;
        }
        return row instanceof Epoch && !Epoch.isNone(row) ? Durability.AT_ONCE : Durability.NONE;
    }

    /** To end a name once more, after a failure, leaves it unchanged. All others write only if something changes. */
    private boolean isEnd(RowKey key, ProviderName name, Optional<byte[]> seen, byte[] next) {
        boolean isRepeated = name.ended().isAfter(Instant.EPOCH)
                && seen.filter(row -> isSame(key, row, next)).isPresent();
        return isRepeated || name.ended().isAfter(ended(key, seen));
    }

    /** Whether the name at an identity provider has ended as this one has, or later. */
    boolean hasEnded(RowKey key, byte[] present, byte[] name) {
        return !ended(key, Optional.of(name)).isAfter(ended(key, Optional.of(present)));
    }

    private Instant ended(RowKey key, Optional<byte[]> seen) {
        return seen.flatMap(row -> codec().decode(key, row))
                .filter(ProviderName.class::isInstance)
                .map(row -> ((ProviderName) row).ended())
                .orElse(Instant.EPOCH);
    }

    /** The row for the database; empty if the bytes are none that it has. */
    Optional<DurableRow> row(RowKey key, byte[] bytes, Instant now) {
        return codec().decode(key, bytes)
                .filter(row -> of(key, Optional.empty(), bytes) != Durability.NONE)
                .map(row -> new DurableRow(
                        key, bytes, kind(row), stamp(row), now.plus(lifetimes.timeToLive(key, bytes, now))));
    }

    /**
     * The tombstone for the database, encrypted anew: so no other write has the same bytes.
     *
     * @param seen the row that it replaces; if that is a session, the history has the session from now on
     */
    DurableRow tombstone(RowKey key, Optional<byte[]> seen, byte[] bytes, Instant now) {
        byte[] own = again(key, bytes);
        DurableRow tombstone = new DurableRow(
                key, own, DurableRow.Kind.OVER, Instant.EPOCH, now.plus(lifetimes.timeToLive(key, own, now)));
        return seen.flatMap(row -> past(key, row, bytes)).map(tombstone::with).orElse(tombstone);
    }

    /** The same row, encrypted anew. */
    byte[] again(RowKey key, byte[] bytes) {
        return codec().decode(key, bytes).map(row -> codec().encode(key, row)).orElse(bytes);
    }

    private Optional<PastSession> past(RowKey key, byte[] seen, byte[] tombstone) {
        return codec().decode(key, seen).orElse(null) instanceof Active active
                        && codec().decode(key, tombstone).orElse(null) instanceof Revoked over
                ? key.session()
                        .map(handle -> new PastSession(handle, active.times().created(), over.at(), over.reason()))
                : Optional.empty();
    }

    /** What the database has to have of two rows: see {@link RowMergeRule#winner}. */
    BinaryOperator<byte[]> winner(RowKey key) {
        return (present, other) -> merging.winner(key, present, other);
    }

    /** Whether the row there says all that the other one says, too. */
    boolean isMerged(RowKey key, byte[] present, byte[] other) {
        return Arrays.equals(merging.winner(key, present, other), present);
    }

    /** Whether the row says that something has ended, or what has to end: see {@link RowMergeRule#lasts}. */
    boolean lasts(RowKey key, byte[] row) {
        return merging.lasts(key, row);
    }

    /**
     * Whether the row takes the place of the one that the database has. A tombstone is replaced by no session, and a
     * session by none that was used earlier.
     */
    boolean replaces(RowKey key, byte[] row, byte[] stored) {
        if (isSame(key, row, stored)) {
            return false;
        }
        SessionRow next = codec().decode(key, row).orElse(null);
        SessionRow there = codec().decode(key, stored).orElse(null);
        if (next instanceof Active) {
            return !(there instanceof Revoked)
                    && (there == null || !stamp(there).isAfter(stamp(next)));
        }
        return next instanceof Revoked || !isMerged(key, stored, row);
    }

    /** Whether the two mean the same. */
    boolean isSame(RowKey key, byte[] one, byte[] other) {
        return Arrays.equals(one, other) || meaning(key, one).equals(meaning(key, other));
    }

    /** Not the row itself: see {@link Epoch#isNone}. */
    private Optional<ByteBuffer> meaning(RowKey key, byte[] bytes) {
        return codec().decode(key, bytes).map(row -> ByteBuffer.wrap(PLAIN.encode(key, row)));
    }

    private static DurableRow.Kind kind(SessionRow row) {
        if (row instanceof Active) {
            return DurableRow.Kind.LIVING;
        }
        if (row instanceof Revoked) {
            return DurableRow.Kind.OVER;
        }
        return row instanceof Epoch ? DurableRow.Kind.EPOCH : DurableRow.Kind.PROVIDER_NAME;
    }

    private static Instant stamp(SessionRow row) {
        return row instanceof Active active ? active.times().lastSeen() : Instant.EPOCH;
    }
}
