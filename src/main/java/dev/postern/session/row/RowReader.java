package dev.postern.session.row;

import dev.postern.session.token.SecretHash;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Reads the primitives of a row, one after the other. It refuses everything that {@link RowWriter} does not write. It
 * allocates nothing for a length that the remaining bytes cannot hold. For one thread.
 */
final class RowReader {

    private final ByteBuffer in;

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
        need(Integer.BYTES);
        return in.getInt();
    }

    long bits() {
        need(Long.BYTES);
        return in.getLong();
    }

    Instant time() {
        return Instant.ofEpochMilli(bits());
    }

    SecretHash hash() {
        return SecretHash.read(take(SecretHash.BYTES));
    }

    String text() {
        byte[] utf8 = take(length());
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new UnreadableRowException("a text that is not UTF-8");
        }
    }

    Set<String> texts() {
        TreeSet<String> texts = new TreeSet<>();
        for (int left = length(); left > 0; left--) {
            String text = text();
            require(texts.isEmpty() || texts.last().compareTo(text) < 0);
            texts.add(text);
        }
        return texts;
    }

    Map<String, String> entries() {
        TreeMap<String, String> entries = new TreeMap<>();
        for (int left = length(); left > 0; left--) {
            String name = text();
            require(entries.isEmpty() || entries.lastKey().compareTo(name) < 0);
            entries.put(name, text());
        }
        return entries;
    }

    void end() {
        if (in.hasRemaining()) {
            throw new UnreadableRowException("bytes after the end");
        }
    }

    private int length() {
        need(Short.BYTES);
        return Short.toUnsignedInt(in.getShort());
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

    private static void require(boolean inOrder) {
        if (!inOrder) {
            throw new UnreadableRowException("names out of order");
        }
    }

    /** The bytes are no row of this version. {@link RowFormat} catches it. */
    static final class UnreadableRowException extends RuntimeException {

        UnreadableRowException(String what) {
            super(what);
        }
    }
}
