package dev.postern.session;

import dev.postern.session.SessionRow.Active;
import dev.postern.session.SessionRow.Epoch;
import dev.postern.session.SessionRow.Revoked;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What has to stand when parts of a cluster have met. A merge compares nothing but how long rows are kept, and gives the one
 * that stands the time of the one that lost, so that a third part can bring an ended session back (D20). Hence a merge
 * decides nothing for good:
 *
 * <ul>
 *   <li>A tombstone stands, whichever part it was written in. Of two the one stands that is kept longer, because it outlives
 *       every copy that its part knew; of two that are kept equally long, the one of the earlier end.
 *   <li>Of two epochs one is made that ends what either ends.
 *   <li>A live row stays as the merge left it, and only gets its own time to live again.
 *   <li>Bytes that cannot be read are weaker than anything that can, but a live row is never put in their place: they may
 *       be a tombstone of a version to come.
 * </ul>
 *
 * <p>All this depends on the bytes alone, so it does not matter who repairs a row, how often, and in which
 * order the parts met. Pure; safe for concurrent use.
 */
public final class MergeRule {

    private static final Comparator<Instant> TIME = Comparator.naturalOrder();

    private final RowCodec codec;

    public MergeRule(RowCodec codec) {
        this.codec = codec;
    }

    /**
     * What this merge must not have undone: the tombstone or the epoch among the row that was there and the one that stands
     * since, the stronger one of two. Nothing when there is none.
     */
    public Optional<byte[]> lasting(Optional<byte[]> was, Optional<byte[]> stands) {
        return Stream.of(was, stands)
                .flatMap(Optional::stream)
                .filter(row -> strength(row) > strength(Active.class))
                .reduce(this::stronger);
    }

    /** The row that has to stand where this one stands and that one must not be undone. */
    public byte[] standing(byte[] present, byte[] lasting) {
        return stronger(present, lasting);
    }

    private byte[] stronger(byte[] one, byte[] other) {
        if (codec.decode(one).orElse(null) instanceof Epoch left
                && codec.decode(other).orElse(null) instanceof Epoch right) {
            return codec.encode(left.and(right));
        }
        return compare(one, other) < 0 ? other : one;
    }

    /**
     * Whether the merge can have left something to repair. A live row that took another one's place brought its own time to
     * live along; one that stayed may have got the time of the one that lost (D22).
     */
    public boolean isAtRisk(Optional<byte[]> was, Optional<byte[]> stands) {
        boolean hasStayed = was.isPresent() && stands.isPresent() && Arrays.equals(was.get(), stands.get());
        return hasStayed || lasting(was, stands).isPresent();
    }

    /** Whether the bytes are a row, so that they say how long they are kept. */
    public boolean isReadable(byte[] row) {
        return codec.decode(row).isPresent();
    }

    private int compare(byte[] one, byte[] other) {
        int byKind = Integer.compare(strength(one), strength(other));
        int byContent = byKind != 0 ? byKind : compareAlike(codec.decode(one), codec.decode(other));
        return byContent != 0 ? byContent : Arrays.compareUnsigned(one, other);
    }

    /** Compares two rows of one kind. */
    private static int compareAlike(Optional<SessionRow> one, Optional<SessionRow> other) {
        if (one.orElse(null) instanceof Revoked left && other.orElse(null) instanceof Revoked right) {
            int byDeadline = TIME.compare(left.absoluteDeadline(), right.absoluteDeadline());
            return byDeadline != 0 ? byDeadline : TIME.compare(right.at(), left.at());
        }
        return 0;
    }

    private int strength(byte[] row) {
        return codec.decode(row).map(decoded -> strength(decoded.getClass())).orElse(0);
    }

    private static int strength(Class<? extends SessionRow> kind) {
        return kind == Revoked.class ? 3 : kind == Epoch.class ? 2 : 1;
    }
}
