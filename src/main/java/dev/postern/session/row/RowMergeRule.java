package dev.postern.session.row;

import dev.postern.session.row.SessionRow.Active;
import dev.postern.session.row.SessionRow.Epoch;
import dev.postern.session.row.SessionRow.Revoked;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;

/**
 * What has to stand when parts of a cluster have met. A merge compares nothing but how long rows are kept, and gives
 * the one that stands the time of the one that lost, so that a third part can bring an ended session back (D20). Hence
 * a merge decides nothing for good:
 *
 * <ul>
 *   <li>A tombstone wins, from either part. Of two the one wins that is kept longer, because it outlives
 *       every copy that its part knew; of two that are kept equally long, the one of the earlier end.
 *   <li>Of two epochs one is made that ends what either ends.
 *   <li>A live row stays as the merge left it, and only gets its own time to live again.
 *   <li>Bytes that cannot be read are weaker than anything that can, but a live row is never put in their place: they
 *       may be a tombstone of a version to come.
 * </ul>
 *
 * <p>All this depends on what the rows say, and where that is the same on their bytes, so it does not matter who
 * repairs a row, how often, and in which order the parts met. Safe for concurrent use.
 */
public final class RowMergeRule {

    private static final Comparator<Instant> TIME = Comparator.naturalOrder();

    private final RowCodec codec;

    public RowMergeRule(RowCodec codec) {
        this.codec = codec;
    }

    /**
     * What has to be written again because of this merge: a row that stayed, which may have got the time to live of the
     * one that lost (D22), or the tombstone or epoch whose place another row has taken. Empty if there is none: a row
     * that came has brought its own time to live along.
     */
    public Optional<byte[]> toRewrite(RowKey key, Optional<byte[]> was, Optional<byte[]> stands) {
        return was.filter(row -> stands.isEmpty() ? lasts(key, row) : isEndangered(key, row, stands.get()))
                .map(row -> stands.map(present -> winner(key, present, row)).orElse(row));
    }

    private boolean isEndangered(RowKey key, byte[] was, byte[] stands) {
        return Arrays.equals(was, stands) ? isReadable(key, was) : !Arrays.equals(winner(key, stands, was), stands);
    }

    /** Whether the row says that something has ended: a tombstone or an epoch. */
    public boolean lasts(RowKey key, byte[] row) {
        return strength(codec.decode(key, row)) > strength(Active.class);
    }

    /** The row that has to stand where this one stands, and that one may have stood. */
    public byte[] winner(RowKey key, byte[] present, byte[] other) {
        Optional<SessionRow> another = codec.decode(key, other);
        return strength(another) > strength(Active.class)
                ? stronger(key, new VersionedRow(present, codec.decode(key, present)), new VersionedRow(other, another))
                : present;
    }

    /** Two that say the same may have different bytes: then the one stays that is there. */
    private byte[] stronger(RowKey key, VersionedRow present, VersionedRow other) {
        if (present.row().isPresent() && present.row().equals(other.row())) {
            return present.bytes();
        }
        if (present.row().orElse(null) instanceof Epoch one && other.row().orElse(null) instanceof Epoch two) {
            Epoch both = one.and(two);
            return both.equals(one) ? present.bytes() : both.equals(two) ? other.bytes() : codec.encode(key, both);
        }
        return compare(present, other) < 0 ? other.bytes() : present.bytes();
    }

    /** Whether the bytes are a row, so that they say how long they are kept. */
    public boolean isReadable(RowKey key, byte[] row) {
        return codec.decode(key, row).isPresent();
    }

    private static int compare(VersionedRow one, VersionedRow other) {
        int byKind = Integer.compare(strength(one.row()), strength(other.row()));
        int byContent = byKind != 0 ? byKind : compareAlike(one.row(), other.row());
        return byContent != 0 ? byContent : Arrays.compareUnsigned(one.bytes(), other.bytes());
    }

    /** Compares two rows of one kind. */
    private static int compareAlike(Optional<SessionRow> one, Optional<SessionRow> other) {
        if (one.orElse(null) instanceof Revoked left && other.orElse(null) instanceof Revoked right) {
            int byDeadline = TIME.compare(left.absoluteDeadline(), right.absoluteDeadline());
            return byDeadline != 0 ? byDeadline : TIME.compare(right.at(), left.at());
        }
        return 0;
    }

    private static int strength(Optional<SessionRow> row) {
        return row.map(decoded -> strength(decoded.getClass())).orElse(0);
    }

    private static int strength(Class<? extends SessionRow> kind) {
        return kind == Revoked.class ? 3 : kind == Epoch.class ? 2 : 1;
    }
}
