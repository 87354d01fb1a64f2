package dev.postern.session.row;

import dev.postern.session.token.SecretHash;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Writes the primitives of a row, one after the other.
 *
 * <table>
 * <caption>How they are written</caption>
 * <tr><td>a length, a number</td><td>seven bits a byte, the lowest first; all bytes but the last have the highest
 *     bit</td></tr>
 * <tr><td>a time</td><td>milliseconds since the time before it in the row, or since 1970, as such a number; its sign is
 *     the lowest bit</td></tr>
 * <tr><td>a text</td><td>such a number: twice the length of its UTF-8, which follows; or, if the text has occurred in
 *     the row, twice its place in {@link RowTexts} and one. Half of a surrogate pair becomes {@code ?} before</td></tr>
 * </table>
 *
 * <p>For one thread.
 */
final class RowWriter {

    static final int BITS = 7;
    static final int MORE = 1 << BITS;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream(512);
    private final RowTexts texts = new RowTexts();
    private long lastTime;

    RowWriter octet(byte value) {
        out.write(value);
        return this;
    }

    RowWriter flag(boolean value) {
        return octet((byte) (value ? 1 : 0));
    }

    RowWriter number(int value) {
        return variable(Integer.toUnsignedLong(value));
    }

    /** As eight bytes. */
    RowWriter bits(long value) {
        for (int shift = Long.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            out.write((int) (value >>> shift));
        }
        return this;
    }

    RowWriter time(Instant time) {
        long since = time.toEpochMilli() - lastTime;
        lastTime += since;
        return variable((since << 1) ^ (since >> (Long.SIZE - 1)));
    }

    private RowWriter variable(long value) {
        long left = value;
        while ((left & -MORE) != 0) {
            out.write((int) ((left & (MORE - 1)) | MORE));
            left >>>= BITS;
        }
        out.write((int) left);
        return this;
    }

    RowWriter hash(SecretHash hash) {
        out.writeBytes(hash.bytes());
        return this;
    }

    RowWriter text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        Integer place = texts.placeOrAdd(asRead(utf8));
        if (place != null) {
            return variable(2L * place + 1);
        }
        requireShort(utf8.length, "a text of " + utf8.length + " bytes");
        variable(2L * utf8.length);
        out.writeBytes(utf8);
        return this;
    }

    /** In their natural order, so that equal sets have equal bytes. */
    RowWriter texts(Collection<String> texts) {
        TreeSet<String> all = new TreeSet<>();
        texts.forEach(text -> all.add(asRead(text)));
        length(all.size(), all.size() + " texts");
        all.forEach(this::text);
        return this;
    }

    RowWriter entries(Map<String, String> entries) {
        TreeMap<String, String> all = new TreeMap<>();
        entries.forEach((name, value) -> all.put(asRead(name), value));
        length(all.size(), all.size() + " entries");
        all.forEach((name, value) -> text(name).text(value));
        return this;
    }

    /** Keys with times, in the order of the keys. */
    RowWriter times(SortedMap<RowKey, Instant> times) {
        length(times.size(), times.size() + " keys");
        times.forEach((key, time) -> text(key.text()).time(time));
        return this;
    }

    /** The text as the reader will have it. */
    private static String asRead(String text) {
        return asRead(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String asRead(byte[] utf8) {
        return new String(utf8, StandardCharsets.UTF_8);
    }

    byte[] bytes() {
        if (out.size() > RowFormat.MOST_BYTES) {
            throw new IllegalArgumentException("A session of " + out.size() + " bytes is larger than "
                    + RowFormat.MOST_BYTES + ": too many roles, or too much metadata.");
        }
        return out.toByteArray();
    }

    private void length(int length, String what) {
        requireShort(length, what);
        variable(length);
    }

    private static void requireShort(int length, String what) {
        if (length > RowFormat.MOST_LENGTH) {
            throw new IllegalArgumentException("A session cannot hold " + what + ".");
        }
    }
}
