package dev.postern.session;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;

/** A tally as bytes: the failures, four bytes, and the time in milliseconds, eight. Equal tallies have equal bytes. */
public final class TallyCodec {

    private static final int BYTES = Integer.BYTES + Long.BYTES;

    private TallyCodec() {}

    public static byte[] encode(FailureCount tally) {
        return ByteBuffer.allocate(BYTES)
                .putInt(tally.failures())
                .putLong(tally.at().toEpochMilli())
                .array();
    }

    /** The tally; empty if the bytes are none. */
    public static Optional<FailureCount> decode(byte[] bytes) {
        if (bytes.length != BYTES) {
            return Optional.empty();
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        return Optional.of(new FailureCount(in.getInt(), Instant.ofEpochMilli(in.getLong())))
                .filter(tally -> tally.failures() >= 0);
    }
}
