package dev.postern.session.lease;

import dev.postern.session.row.RowKey;
import dev.postern.session.row.SessionRow.Epoch;
import dev.postern.session.row.SessionRow.Epoch.Spared;
import dev.postern.session.token.Handle;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
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
     * Copies are to be dropped.
     *
     * @param sender where the answer is to go
     * @param number numbers the sender's messages
     */
    record Drop(String sender, long number, Invalidation invalidation) implements LeaseMessage {
        @Override
        public byte[] encode() {
            return bytes(Stream.concat(Stream.of("drop", sender, Long.toString(number)), parts(invalidation)));
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
                    invalidation(parts.subList(3, parts.size())).map(these -> new Drop(parts.get(1), number, these));
                case "dropped" -> Optional.of(new Dropped(parts.get(1), number, parts.subList(3, parts.size())));
                default -> Optional.empty();
            };
        } catch (IllegalArgumentException e) { // also from a number or an epoch
            return Optional.empty();
        }
    }

    private static Stream<String> parts(Invalidation invalidation) {
        if (invalidation instanceof Invalidation.User user) {
            Epoch epoch = user.epoch();
            return Stream.concat(
                    Stream.of("user", user.user().text(), text(epoch.notBefore())),
                    epoch.spared().stream()
                            .flatMap(one -> Stream.of(one.session().text(), text(one.notBefore()))));
        }
        Invalidation.Session session = (Invalidation.Session) invalidation;
        return Stream.of(session.isOver() ? "ended" : "key", session.key().text());
    }

    private static Optional<Invalidation> invalidation(List<String> parts) {
        String kind = parts.isEmpty() ? "" : parts.get(0);
        boolean isOver = kind.equals("ended");
        if (parts.size() == 2 && (isOver || kind.equals("key"))) {
            return Optional.of(new Invalidation.Session(new RowKey(parts.get(1)), isOver));
        }
        boolean hasSpared = parts.size() == 5;
        if (!kind.equals("user") || (parts.size() != 3 && !hasSpared)) {
            return Optional.empty();
        }
        Optional<Spared> spared = hasSpared
                ? Handle.parse(parts.get(3)).map(session -> new Spared(session, instant(parts.get(4))))
                : Optional.empty();
        return spared.isPresent() == hasSpared
                ? Handle.parse(parts.get(1))
                        .map(user -> new Invalidation.User(user, new Epoch(instant(parts.get(2)), spared)))
                : Optional.empty();
    }

    private static String text(Instant time) {
        return Long.toString(time.toEpochMilli());
    }

    private static Instant instant(String text) {
        return Instant.ofEpochMilli(Long.parseLong(text));
    }
}
