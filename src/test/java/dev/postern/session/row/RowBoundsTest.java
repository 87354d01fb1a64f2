package dev.postern.session.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.session.row.SessionRow.Active;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How large a row can be. */
class RowBoundsTest {

    private final RowFormat codec = new RowFormat();

    @Test
    @Tag("S-21")
    void refusesToWriteWhatItCouldNotRead() {
        Set<String> roles = new HashSet<>();
        for (int i = 0; i < 5_000; i++) {
            roles.add("a role with a rather long name " + i);
        }

        assertThatThrownBy(() -> codec.encode(AnyRows.active(new Random(1), roles, Map.of())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("too many roles");
        assertThatThrownBy(() -> codec.encode(AnyRows.active(new Random(1), Set.of("r".repeat(70_000)), Map.of())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("70000 bytes");
        assertThatThrownBy(() -> codec.encode(AnyRows.active(new Random(1), Set.of("r".repeat(0x10000)), Map.of())))
                .hasMessageContaining("a text of 65536 bytes");
        assertThatThrownBy(() -> codec.encode(AnyRows.active(new Random(1), Set.of("r".repeat(0xFFFF)), Map.of())))
                .hasMessageContaining("larger than 65536");
        assertThat(codec.decode(new byte[RowFormat.MOST_BYTES + 1])).isEmpty();
    }

    @Test
    @Tag("S-21")
    void readsBackARowAsLargeAsARowCanBeAndWritesNoLargerOne() {
        String some = "n".repeat(60_000); // its length takes as many bytes as that of the longest
        int others = codec.encode(AnyRows.active(new Random(1), Set.of(), Map.of("note", some))).length - some.length();
        String note = "n".repeat(RowFormat.MOST_BYTES - others);
        Active largest = AnyRows.active(new Random(1), Set.of(), Map.of("note", note));

        assertThat(codec.encode(largest)).hasSize(RowFormat.MOST_BYTES);
        assertThat(codec.decode(codec.encode(largest))).contains(largest);
        assertThatThrownBy(() -> codec.encode(largest.withMetadata(Map.of("note", note + "n"))))
                .hasMessageContaining("larger than 65536");
    }
}
