package dev.postern.session.row;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.session.row.SessionRow.Active;
import dev.postern.session.row.SessionRow.Epoch;
import dev.postern.session.user.SessionUser;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class RowFormatTest {

    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00.123Z");

    private final RowFormat codec = new RowFormat();

    @RepeatedTest(200)
    void readsBackWhatItWrote(RepetitionInfo repetition) {
        SessionRow row = AnyRows.any(new Random(repetition.getCurrentRepetition()));

        assertThat(codec.decode(codec.encode(row))).contains(row);
    }

    @RepeatedTest(20)
    @Tag("V-33")
    @Tag("X-24")
    void readsNoRowFromOneThatWasCut(RepetitionInfo repetition) {
        byte[] whole = codec.encode(AnyRows.any(new Random(repetition.getCurrentRepetition())));
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
        byte[] row = codec.encode(AnyRows.any(random));
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
        byte[] row = codec.encode(new Epoch(NOW, Optional.empty()));
        assertThat(row[0]).isEqualTo((byte) 1);

        for (int version : new int[] {0, 2, 255}) {
            row[0] = (byte) version;
            assertThat(codec.decode(row)).as("version %d", version).isEmpty();
        }
    }

    @Test
    void writesEqualRowsAsEqualBytes() {
        Random random = new Random(1);
        Active row = AnyRows.active(random, Set.of("a", "b", "c"), Map.of("x", "1", "y", "2"));
        Active same = new Active(
                new SessionUser(
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
    @Tag("X-24")
    void readsNoRowInWhichANameStandsTwiceOrOutOfOrder() {
        Active row = AnyRows.active(new Random(1), Set.of("role b", "role d"), Map.of("name b", "", "name d", ""));

        assertThat(codec.decode(renamed(row, "role d", "role e"))).isPresent();
        assertThat(codec.decode(renamed(row, "role d", "role b"))).isEmpty();
        assertThat(codec.decode(renamed(row, "role d", "role a"))).isEmpty();
        assertThat(codec.decode(renamed(row, "name d", "name e"))).isPresent();
        assertThat(codec.decode(renamed(row, "name d", "name b"))).isEmpty();
        assertThat(codec.decode(renamed(row, "name d", "name a"))).isEmpty();
    }

    private byte[] renamed(SessionRow row, String name, String other) {
        return new String(codec.encode(row), StandardCharsets.ISO_8859_1)
                .replace(name, other)
                .getBytes(StandardCharsets.ISO_8859_1);
    }
}
