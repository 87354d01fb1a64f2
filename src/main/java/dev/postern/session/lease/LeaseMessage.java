package dev.postern.session.lease;

import dev.postern.session.token.Handle;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What nodes tell each other. As bytes it is ASCII, its parts with a space between.
 *
 * <p>Immutable. What is read was checked: a message of a stranger is none.
 */
sealed interface LeaseMessage {

    /** What copies are to be dropped. */
    enum Scope {
        /** That of the session with this key, which goes on. */
        KEY,
        /** That of the session with this key, which is over. */
        ENDED,
        /** Those whose keys begin so, with the handle of their user. */
        USER;

        private final String text = name().toLowerCase(Locale.ROOT);

        private static Optional<Scope> of(String text) {
            return Stream.of(values()).filter(scope -> scope.text.equals(text)).findFirst();
        }
    }

    /**
     * Copies are to be dropped.
     *
     * @param sender where the answer is to go
     * @param number numbers the sender's messages
     */
    record Drop(String sender, long number, Scope scope, String prefix) implements LeaseMessage {
        @Override
        public byte[] encode() {
            return bytes(Stream.of("drop", sender, Long.toString(number), scope.text, prefix));
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
                            ? Scope.of(parts.get(3)).map(scope -> new Drop(parts.get(1), number, scope, parts.get(4)))
                            : Optional.empty();
                case "dropped" -> Optional.of(new Dropped(parts.get(1), number, parts.subList(3, parts.size())));
                default -> Optional.empty();
            };
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
