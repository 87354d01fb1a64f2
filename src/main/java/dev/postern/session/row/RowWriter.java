package dev.postern.session.row;

import dev.postern.session.token.SecretHash;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Writes the primitives of a row, one after the other. For one thread. */
final class RowWriter {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream(512);

    RowWriter octet(byte value) {
        out.write(value);
        return this;
    }

    RowWriter flag(boolean value) {
        return octet((byte) (value ? 1 : 0));
    }

    RowWriter number(int value) {
        for (int shift = 24; shift >= 0; shift -= 8) {
            out.write(value >>> shift);
        }
        return this;
    }

    RowWriter bits(long value) {
        return number((int) (value >>> 32)).number((int) value);
    }

    RowWriter time(Instant time) {
        return bits(time.toEpochMilli());
    }

    RowWriter hash(SecretHash hash) {
        out.writeBytes(hash.bytes());
        return this;
    }

    RowWriter text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        length(utf8.length, "a text of " + utf8.length + " bytes");
        out.writeBytes(utf8);
        return this;
    }

    /** In their natural order, so that equal sets have equal bytes. */
    RowWriter texts(Collection<String> texts) {
        length(texts.size(), texts.size() + " texts");
        new TreeSet<>(texts).forEach(this::text);
        return this;
    }

    RowWriter entries(Map<String, String> entries) {
        length(entries.size(), entries.size() + " entries");
        new TreeMap<>(entries).forEach((name, value) -> text(name).text(value));
        return this;
    }

    byte[] bytes() {
        if (out.size() > RowFormat.MOST_BYTES) {
            throw new IllegalArgumentException("A session of " + out.size() + " bytes is larger than "
                    + RowFormat.MOST_BYTES + ": too many roles, or too much metadata.");
        }
        return out.toByteArray();
    }

    private void length(int length, String what) {
        if (length > 0xFFFF) {
            throw new IllegalArgumentException("A session cannot hold " + what + ".");
        }
        out.write(length >>> 8);
        out.write(length);
    }
}
