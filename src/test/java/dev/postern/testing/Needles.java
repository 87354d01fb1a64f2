package dev.postern.testing;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Byte sequences of eight bytes or more that are looked for in a haystack, all in one pass.
 *
 * <p>For one thread.
 */
public final class Needles {

    private static final int LEAST = Long.BYTES;

    private final Map<Long, List<Needle>> byHead = new HashMap<>();
    private final boolean[] likely = new boolean[1 << 16];

    private static final class Needle {

        private final String name;
        private final byte[] bytes;

        Needle(String name, byte[] bytes) {
            this.name = name;
            this.bytes = bytes;
        }
    }

    /** Bytes as they are. */
    public Needles add(String name, byte[] bytes) {
        if (bytes.length < LEAST) {
            throw new IllegalArgumentException(name + " is too short to be looked for.");
        }
        long head = 0;
        for (int i = 0; i < LEAST; i++) {
            head = (head << 8) | (bytes[i] & 0xFF);
        }
        byHead.computeIfAbsent(head, any -> new ArrayList<>()).add(new Needle(name, bytes.clone()));
        likely[(int) head & 0xFFFF] = true;
        return this;
    }

    /** A text in the forms in which JVMs hold and write it. */
    public Needles add(String name, String text) {
        return add(name, text.getBytes(StandardCharsets.UTF_8))
                .add(name, text.getBytes(StandardCharsets.UTF_16BE))
                .add(name, text.getBytes(StandardCharsets.UTF_16LE));
    }

    /** The names of those that are in there. */
    public Set<String> in(byte[] haystack) {
        Set<String> found = new TreeSet<>();
        long window = 0;
        for (int end = 0; end < haystack.length; end++) {
            window = (window << 8) | (haystack[end] & 0xFF);
            if (end + 1 >= LEAST && likely[(int) window & 0xFFFF]) {
                int start = end + 1 - LEAST;
                byHead.getOrDefault(window, List.of()).stream()
                        .filter(needle -> isAt(needle.bytes, haystack, start))
                        .forEach(needle -> found.add(needle.name));
            }
        }
        return found;
    }

    private static boolean isAt(byte[] needle, byte[] haystack, int start) {
        int end = start + needle.length;
        return end <= haystack.length && Arrays.equals(needle, 0, needle.length, haystack, start, end);
    }
}
