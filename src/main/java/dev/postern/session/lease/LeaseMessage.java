package dev.postern.session.lease;

import dev.postern.session.token.Handle;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What nodes tell each other. As bytes it is ASCII, its parts with a space between.
 *
 * <p>Immutable. What is read was checked: a message of a stranger is none.
 */
sealed interface LeaseMessage {

    /**
     * The copies whose key is this one, or begins with it, are to be dropped.
     *
     * @param sender where the answer is to go
     * @param number numbers the sender's messages
     */
    record Drop(String sender, long number, String prefix, boolean isWhole) implements LeaseMessage {
        @Override
        public byte[] encode() {
            return bytes(Stream.of("drop", sender, Long.toString(number), isWhole ? "key" : "user", prefix));
        }
    }

    /**
     * The copies are dropped under these ids.
     *
     * @param receiver the sender of the {@link Drop}
     */
    record Dropped(String receiver, long number, List<String> ids) implements LeaseMessage {

        public Dropped {
            ids = List.copyOf(ids);
        }

        @Override
        public byte[] encode() {
            return bytes(Stream.concat(Stream.of("dropped", receiver, Long.toString(number)), ids.stream()));
        }
    }

    byte[] encode();

    private static byte[] bytes(Stream<String> parts) {
        return String.join(" ", parts.toList()).getBytes(StandardCharsets.US_ASCII);
    }

    /** The message in these bytes; empty if they are none. */
    static Optional<LeaseMessage> decode(byte[] bytes) {
        List<String> parts = Arrays.asList(new String(bytes, StandardCharsets.US_ASCII).split(" ", -1));
        if (parts.size() < 3 || Handle.parse(parts.get(1)).isEmpty()) {
            return Optional.empty();
        }
        try {
            long number = Long.parseLong(parts.get(2));
            return switch (parts.get(0)) {
                case "drop" ->
                    parts.size() == 5
                            ? Optional.of(new Drop(
                                    parts.get(1),
                                    number,
                                    parts.get(4),
                                    parts.get(3).equals("key")))
                            : Optional.empty();
                case "dropped" -> Optional.of(new Dropped(parts.get(1), number, parts.subList(3, parts.size())));
                default -> Optional.empty();
            };
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
