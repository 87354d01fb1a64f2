package dev.postern.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.Ending;
import dev.postern.session.SessionRow.Active;
import dev.postern.session.SessionRow.Epoch;
import dev.postern.session.SessionRow.Revoked;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class RowCodecTest {

    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00.123Z");

    private final RowCodec codec = new RowCodec();

    @RepeatedTest(200)
    void readsBackWhatItWrote(RepetitionInfo repetition) {
        SessionRow row = anyRow(new Random(repetition.getCurrentRepetition()));

        assertThat(codec.decode(codec.encode(row))).contains(row);
    }

    @RepeatedTest(20)
    @Tag("V-33")
    @Tag("X-24")
    void readsNoRowFromOneThatWasCut(RepetitionInfo repetition) {
        byte[] whole = codec.encode(anyRow(new Random(repetition.getCurrentRepetition())));
        for (int length = 0; length < whole.length; length++) {
            assertThat(codec.decode(Arrays.copyOf(whole, length)))
                    .as("first %d bytes", length)
                    .isEmpty();
        }
        assertThat(codec.decode(Arrays.copyOf(whole, whole.length + 1)))
                .as("one byte more")
                .isEmpty();
    }

    @RepeatedTest(20)
    @Tag("X-24")
    void neverThrowsWhateverTheBytes(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        byte[] row = codec.encode(anyRow(random));
        for (int i = 0; i < row.length; i++) {
            byte[] changed = row.clone();
            changed[i] = (byte) random.nextInt();
            Optional<SessionRow> decoded = codec.decode(changed);
            decoded.ifPresent(read -> assertThat(codec.encode(read)).isEqualTo(changed));
        }
        byte[] noise = new byte[random.nextInt(400)];
        random.nextBytes(noise);
        assertThat(codec.decode(noise)).isEmpty();
    }

    @Test
    @Tag("P-12")
    @Tag("P-46")
    void readsNoRowOfAnotherVersion() {
        byte[] row = codec.encode(new Epoch(NOW));
        assertThat(row[0]).isEqualTo((byte) 1);

        for (int version : new int[] {0, 2, 255}) {
            row[0] = (byte) version;
            assertThat(codec.decode(row)).as("version %d", version).isEmpty();
        }
    }

    @Test
    void writesEqualRowsAsEqualBytes() {
        Random random = new Random(1);
        Active row = active(random, Set.of("a", "b", "c"), Map.of("x", "1", "y", "2"));
        Active same = new Active(
                new User(
                        row.user().name(),
                        new HashSet<>(Set.of("c", "a", "b")),
                        row.user().attributes()),
                row.times(),
                row.generation(),
                row.isRemembered(),
                new HashMap<>(Map.of("y", "2", "x", "1")));

        assertThat(codec.encode(same)).isEqualTo(codec.encode(row));
    }

    @Test
    @Tag("S-21")
    void refusesToWriteWhatItCouldNotRead() {
        Set<String> roles = new HashSet<>();
        for (int i = 0; i < 5_000; i++) {
            roles.add("a role with a rather long name " + i);
        }

        assertThatThrownBy(() -> codec.encode(active(new Random(1), roles, Map.of())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("too many roles");
        assertThatThrownBy(() -> codec.encode(active(new Random(1), Set.of("r".repeat(70_000)), Map.of())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("70000 bytes");
        assertThat(codec.decode(new byte[RowCodec.MOST_BYTES + 1])).isEmpty();
    }

    private static SessionRow anyRow(Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> new Revoked(time(random), ending(random), time(random));
            case 1 -> new Epoch(time(random));
            default -> active(random, texts(random), entries(random));
        };
    }

    private static Ending ending(Random random) {
        Ending[] all = Ending.values();
        return all[Math.floorMod(random.nextInt(), all.length)];
    }

    private static Active active(Random random, Set<String> roles, Map<String, String> metadata) {
        return new Active(
                new User("user " + random.nextInt(), roles, entries(random)),
                new Times(time(random), time(random), time(random), time(random), time(random)),
                new Generation(
                        1 + random.nextInt(Generation.LAST),
                        time(random),
                        hash(random),
                        random.nextBoolean()
                                ? Optional.of(new Generation.Pending(random.nextInt(), hash(random), time(random)))
                                : Optional.empty(),
                        formers(random)),
                random.nextBoolean(),
                metadata);
    }

    private static Formers formers(Random random) {
        List<Formers.Former> formers = new ArrayList<>();
        for (int i = random.nextInt(Formers.MOST + 1); i > 0; i--) {
            Formers.Way[] ways = Formers.Way.values();
            formers.add(new Formers.Former(random.nextInt(), time(random), ways[random.nextInt(ways.length)]));
        }
        return new Formers(formers);
    }

    private static Set<String> texts(Random random) {
        Set<String> texts = new HashSet<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            texts.add("rôle " + random.nextInt(100));
        }
        return texts;
    }

    private static Map<String, String> entries(Random random) {
        Map<String, String> entries = new HashMap<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            entries.put("name " + random.nextInt(100), "värde 𝄞 " + random.nextInt());
        }
        return entries;
    }

    private static SecretHash hash(Random random) {
        byte[] bytes = new byte[SecretHash.BYTES];
        random.nextBytes(bytes);
        return SecretHash.read(bytes);
    }

    private static Instant time(Random random) {
        return NOW.plusMillis(random.nextInt());
    }
}
