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
                row.methods(),
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

    @Test
    void writesATextOnceThatOccursTwice() {
        String address = "an address that is rather long";
        Active once = AnyRows.active(new Random(1), Set.of(), Map.of("firstSeenAddress", address));
        Active twice = once.withMetadata(Map.of("address", address, "firstSeenAddress", address));

        assertThat(codec.encode(twice)).hasSize(codec.encode(once).length + 2);
        assertThat(codec.decode(codec.encode(twice))).contains(twice);
    }

    /** A user agent may hold anything. UTF-8 has no half pairs, so several texts become one. */
    @Test
    @Tag("X-24")
    void readsTextsWithHalfASurrogatePairAsQuestionMarks() {
        Active row = AnyRows.active(
                new Random(1),
                Set.of("role \uD800", "role \uDC00"),
                Map.of("name \uD801", "one \uDBFF", "other", "one \uD800"));

        Active read = (Active) codec.decode(codec.encode(row)).orElseThrow();

        assertThat(read.user().roles()).containsExactly("role ?");
        assertThat(read.metadata()).isEqualTo(Map.of("name ?", "one ?", "other", "one ?"));
    }

    @Test
    @Tag("X-24")
    void readsNoRowWithATextThatShouldHaveBeenAPlace() {
        Active row =
                AnyRows.active(new Random(1), Set.of("role b", "role d"), Map.of("name b", "one", "name d", "two"));

        assertThat(codec.decode(renamed(row, "two", "six"))).isPresent();
        assertThat(codec.decode(renamed(row, "two", "one"))).isEmpty();
    }

    @Test
    @Tag("X-24")
    void readsNoRowWithAPlaceOfNoText() {
        byte[] epoch = codec.encode(new Epoch(NOW, Optional.empty()));
        assertThat(epoch[epoch.length - 1]).as("the length of no handle").isZero();

        epoch[epoch.length - 1] = 1 + 2 * 3; // the last name that every row begins with
        assertThat(codec.decode(epoch)).isEmpty();
        epoch[epoch.length - 1] = 1 + 2 * 4;
        assertThat(codec.decode(epoch)).isEmpty();
    }

    @Test
    @Tag("X-24")
    void readsNoNumberInAnotherSpelling() {
        byte[] epoch = codec.encode(new Epoch(NOW, Optional.empty()));
        byte[] longer = Arrays.copyOf(epoch, epoch.length + 1);
        longer[epoch.length - 1] = (byte) 0x80;

        assertThat(codec.decode(epoch)).isPresent();
        assertThat(codec.decode(longer)).isEmpty();
    }

    @Test
    void takesFewBytesForWhatMostSessionsHave() {
        Active row = AnyRows.active(new Random(1), Set.of(), Map.of());
        Active noted = row.withMetadata(Map.of("address", "203.0.113.107", "firstSeenAddress", "203.0.113.107"));

        assertThat(codec.encode(noted)).hasSize(codec.encode(row).length + 1 + 1 + 13 + 1 + 1);
    }

    private byte[] renamed(SessionRow row, String name, String other) {
        return new String(codec.encode(row), StandardCharsets.ISO_8859_1)
                .replace(name, other)
                .getBytes(StandardCharsets.ISO_8859_1);
    }
}
