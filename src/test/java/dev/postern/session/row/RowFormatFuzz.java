package dev.postern.session.row;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.sun.management.ThreadMXBean;
import dev.postern.session.token.KeyRing;
import java.lang.management.ManagementFactory;
import java.security.SecureRandom;
import org.junit.jupiter.api.Tag;

/** Any bytes are a row, in its only spelling, or no row. Reading them takes no more memory than that. */
class RowFormatFuzz {

    /** What a decoder may take at most, beside so many bytes for each byte of the row. */
    private static final long MOST_ALLOCATED = 64 * 1024;

    private static final long PER_BYTE = 64;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final RowFormat format = new RowFormat();
    private final RowKey place = TestRows.key();
    private final RowCodec sealed = RowCodec.encrypted(
            new RowEncryption("shop", KeyRing.drawn(new byte[2 * KeyRing.KEY_BYTES]), new SecureRandom()));

    @Tag("S-21")
    @Tag("V-05")
    @Tag("V-11")
    @Tag("G7")
    @FuzzTest(maxDuration = "2s")
    void decode(byte[] input) {
        format.decode(input).ifPresent(row -> assertThat(format.encode(row)).isEqualTo(input));
        assertThat(sealed.decode(place, input)).isEmpty();

        assertThat(allocatedByDecoding(input)).isLessThanOrEqualTo(MOST_ALLOCATED + PER_BYTE * input.length);
    }

    /** Asked for what has been decoded before, so that all classes are loaded. */
    private long allocatedByDecoding(byte[] input) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        format.decode(input);
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }
}
