package dev.postern.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Tag;

/** Whatever stands in the map: a row, of which there is only this one spelling, or none; and no more memory than that takes. */
class RowCodecFuzz {

    /** What a decoder may take at most, beside so many bytes for each byte of the row. */
    private static final long MOST_ALLOCATED = 64 * 1024;

    private static final long PER_BYTE = 64;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final RowCodec codec = new RowCodec();

    @Tag("S-21")
    @Tag("V-05")
    @Tag("V-11")
    @Tag("G7")
    @FuzzTest(maxDuration = "2s")
    void decode(byte[] input) {
        codec.decode(input).ifPresent(row -> assertThat(codec.encode(row)).isEqualTo(input));

        assertThat(allocatedByDecoding(input)).isLessThanOrEqualTo(MOST_ALLOCATED + PER_BYTE * input.length);
    }

    /** Asked for what has been decoded before, so that all classes are loaded. */
    private long allocatedByDecoding(byte[] input) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        codec.decode(input);
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }
}
