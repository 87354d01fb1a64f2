package dev.postern.session.row;

import dev.postern.session.token.SecretHash;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Reads the primitives of a row, one after the other. It refuses everything that {@link RowWriter} does not write. It
 * allocates nothing for a length that the remaining bytes cannot hold. For one thread.
 */
final class RowReader {

    private static final String ORDER = "names out of order";

    private final ByteBuffer in;
    private final RowTexts texts = new RowTexts();
    private long lastTime;

    RowReader(byte[] bytes) {
        in = ByteBuffer.wrap(bytes);
    }

    void expect(byte value) {
        if (octet() != value) {
            throw new UnreadableRowException("another version");
        }
    }

    byte octet() {
        need(1);
        return in.get();
    }

    boolean flag() {
        return switch (octet()) {
            case 0 -> false;
            case 1 -> true;
            default -> throw new UnreadableRowException("a flag that is neither 0 nor 1");
        };
    }

    int number() {
        long value = variable();
        require(value >>> Integer.SIZE == 0, "a number that is too large");
        return (int) value;
    }

    /** In its only spelling, so the last of several bytes is not zero. */
    private long variable() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += RowWriter.BITS) {
            byte next = octet();
            long bits = next & (RowWriter.MORE - 1);
            require(((bits << shift) >>> shift) == bits, "a number that is too large");
            value |= bits << shift;
            if (next >= 0) {
                require(next != 0 || shift == 0, "a number with a zero before it");
                return value;
            }
        }
        throw new UnreadableRowException("a number that is too large");
    }

    long bits() {
        need(Long.BYTES);
        return in.getLong();
    }

    Instant time() {
        long value = variable();
        lastTime += (value >>> 1) ^ -(value & 1);
        return Instant.ofEpochMilli(lastTime);
    }

    SecretHash hash() {
        return SecretHash.read(take(SecretHash.BYTES));
    }

    String text() {
        long value = variable();
        return (value & 1) == 0 ? newText(value >>> 1) : formerText(value >>> 1);
    }

    private String formerText(long place) {
        String text = texts.at(place);
        if (text == null) {
            throw new UnreadableRowException("a text that has not occurred");
        }
        return text;
    }

    private String newText(long length) {
        require(length <= RowFormat.MOST_LENGTH, "a text that is too long");
        byte[] utf8 = take((int) length);
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
            require(texts.placeOrAdd(text) == null, "a text that has occurred");
            return text;
        } catch (CharacterCodingException e) {
            throw new UnreadableRowException("a text that is not UTF-8");
        }
    }

    Set<String> texts() {
        TreeSet<String> all = new TreeSet<>();
        for (int left = length(); left > 0; left--) {
            String text = text();
            require(all.isEmpty() || all.last().compareTo(text) < 0, ORDER);
            all.add(text);
        }
        return all;
    }

    Map<String, String> entries() {
        TreeMap<String, String> entries = new TreeMap<>();
        for (int left = length(); left > 0; left--) {
            String name = text();
            require(entries.isEmpty() || entries.lastKey().compareTo(name) < 0, ORDER);
            entries.put(name, text());
        }
        return entries;
    }

    SortedMap<RowKey, Instant> times(int most) {
        TreeMap<RowKey, Instant> times = new TreeMap<>();
        int left = length();
        require(left <= most, "too many keys");
        for (; left > 0; left--) {
            RowKey key = new RowKey(text());
            require(times.isEmpty() || times.lastKey().compareTo(key) < 0, ORDER);
            times.put(key, time());
        }
        return times;
    }

    void end() {
        if (in.hasRemaining()) {
            throw new UnreadableRowException("bytes after the end");
        }
    }

    private int length() {
        long length = variable();
        require(length <= RowFormat.MOST_LENGTH, "too many texts");
        return (int) length;
    }

    private byte[] take(int count) {
        need(count);
        byte[] bytes = new byte[count];
        in.get(bytes);
        return bytes;
    }

    private void need(int count) {
        if (in.remaining() < count) {
            throw new UnreadableRowException("too short");
        }
    }

    private static void require(boolean isSo, String otherwise) {
        if (!isSo) {
            throw new UnreadableRowException(otherwise);
        }
    }

    /** The bytes are no row of this version. {@link RowFormat} catches it. */
    static final class UnreadableRowException extends RuntimeException {

        UnreadableRowException(String what) {
            super(what);
        }
    }
}
