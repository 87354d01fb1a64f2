package dev.postern.session.row;

import dev.postern.session.row.SessionRow.Epoch;
import dev.postern.session.row.SessionRow.HalfWay;
import dev.postern.session.row.SessionRow.ProviderName;
import dev.postern.session.row.SessionRow.Revoked;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;

/**
 * Decides which of two rows is right after a split-brain merge. Hazelcast's merge only compares how long rows are kept.
 * It gives the winner the loser's time to live, so a third part of the cluster can bring back an ended session (D20).
 *
 * <ul>
 *   <li>A tombstone wins against a live row.
 *   <li>Of two tombstones the one with the later deadline wins, because it outlives every copy that its part knew. With
 *       equal deadlines the earlier end wins.
 *   <li>Two epochs become one that ends what either ends. An epoch that ends nothing ({@link Epoch#NONE}) loses against
 *       all other bytes. If it is lost, it stays lost.
 *   <li>Two rows of one name at an identity provider become one that says what either says.
 *   <li>Of two sign-ins that lack their second factor the one that is over wins, then the one with more attempts.
 *   <li>A live row stays as the merge left it, and only gets its own time to live again.
 *   <li>Unreadable bytes lose against a tombstone, an epoch, or a sign-in that is over. A live row never replaces them:
 *       they may be a tombstone of a later version.
 * </ul>
 *
 * <p>The result depends on the rows alone, or on their bytes where the rows are equal. So repairs may come from several
 * members, repeatedly, and in any order. Safe for concurrent use.
 */
public final class RowMergeRule {

    private static final Comparator<Instant> TIME = Comparator.naturalOrder();

    private final RowCodec codec;

    public RowMergeRule(RowCodec codec) {
        this.codec = codec;
    }

    /**
     * The bytes that have to be written after a merge; empty if there are none.
     *
     * <p>A row that stayed is written again, because it may have got the loser's time to live (D22). So is a tombstone
     * or an epoch that the merge replaced. A row that arrived with the merge has its own time to live already.
     *
     * @param was the row before the merge
     * @param stands the row after it
     */
    public Optional<byte[]> toRewrite(RowKey key, Optional<byte[]> was, Optional<byte[]> stands) {
        return was.filter(row -> stands.isEmpty() ? lasts(key, row) : isEndangered(key, row, stands.get()))
                .map(row -> stands.map(present -> winner(key, present, row)).orElse(row));
    }

    private boolean isEndangered(RowKey key, byte[] was, byte[] stands) {
        return Arrays.equals(was, stands) ? isReadable(key, was) : !Arrays.equals(winner(key, stands, was), stands);
    }

    /**
     * Whether the row says that something has ended, or what has to end: a tombstone, an epoch, a name at a provider,
     * or a sign-in that is over.
     */
    public boolean lasts(RowKey key, byte[] row) {
        return codec.decode(key, row).filter(RowMergeRule::lasts).isPresent();
    }

    private static boolean lasts(SessionRow row) {
        return row instanceof HalfWay signIn
                ? signIn.progress().isOver()
                : strength(row.getClass()) > strength(HalfWay.class) && !Epoch.isNone(row);
    }

    /** The bytes that have to be stored where {@code present} is, and {@code other} was or may be. */
    public byte[] winner(RowKey key, byte[] present, byte[] other) {
        Optional<SessionRow> there = codec.decode(key, present);
        Optional<SessionRow> another = codec.decode(key, other);
        if (there.filter(Epoch::isNone).isPresent()) {
            return another.filter(Epoch::isNone).isPresent() ? present : other;
        }
        boolean isCompared = another.filter(row -> lasts(row) || (row instanceof HalfWay && there.isPresent()))
                .isPresent();
        return isCompared ? stronger(key, new VersionedRow(present, there), new VersionedRow(other, another)) : present;
    }

    /** Of two equal rows the present one stays, even if their bytes differ. */
    private byte[] stronger(RowKey key, VersionedRow present, VersionedRow other) {
        if (present.row().isPresent() && present.row().equals(other.row())) {
            return present.bytes();
        }
        if (present.row().orElse(null) instanceof Epoch one && other.row().orElse(null) instanceof Epoch two) {
            Epoch both = one.and(two);
            return both.equals(one) ? present.bytes() : both.equals(two) ? other.bytes() : codec.encode(key, both);
        }
        if (present.row().orElse(null) instanceof ProviderName one
                && other.row().orElse(null) instanceof ProviderName two) {
            ProviderName both = one.and(two);
            return both.equals(one) ? present.bytes() : both.equals(two) ? other.bytes() : codec.encode(key, both);
        }
        return compare(present, other) < 0 ? other.bytes() : present.bytes();
    }

    /** Whether the bytes are a row, and so have a time to live. */
    public boolean isReadable(RowKey key, byte[] row) {
        return codec.decode(key, row).isPresent();
    }

    private static int compare(VersionedRow one, VersionedRow other) {
        int byKind = Integer.compare(strength(one.row()), strength(other.row()));
        int byRow = byKind != 0 ? byKind : compareSameKind(one.row(), other.row());
        return byRow != 0 ? byRow : Arrays.compareUnsigned(one.bytes(), other.bytes());
    }

    /** Compares two rows of one kind. */
    private static int compareSameKind(Optional<SessionRow> one, Optional<SessionRow> other) {
        if (one.orElse(null) instanceof Revoked left && other.orElse(null) instanceof Revoked right) {
            int byDeadline = TIME.compare(left.absoluteDeadline(), right.absoluteDeadline());
            return byDeadline != 0 ? byDeadline : TIME.compare(right.at(), left.at());
        }
        if (one.orElse(null) instanceof HalfWay left && other.orElse(null) instanceof HalfWay right) {
            int byEnd =
                    Boolean.compare(left.progress().isOver(), right.progress().isOver());
            return byEnd != 0
                    ? byEnd
                    : Integer.compare(
                            left.progress().attempts(), right.progress().attempts());
        }
        return 0;
    }

    private static int strength(Optional<SessionRow> row) {
        return row.map(decoded -> strength(decoded.getClass())).orElse(0);
    }

    private static int strength(Class<? extends SessionRow> kind) {
        return kind == Revoked.class
                ? 4
                : kind == Epoch.class || kind == ProviderName.class ? 3 : kind == HalfWay.class ? 2 : 1;
    }
}
