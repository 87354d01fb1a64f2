package dev.postern.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.testing.CapturedLog;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BoundedMetadataTest {

    private final BoundedMetadata draft = new BoundedMetadata(Map.of("kept", "before"), Instant.EPOCH);

    @Test
    void keepsWhatWasFirstAndReplacesWhatFollows() {
        Map<String, String> entries = BoundedMetadata.of(Map.of("kept", "before"), Instant.EPOCH, draft -> {
            draft.putIfAbsent("kept", "after");
            draft.put("new", "one");
            draft.put("new", "two");
        });

        assertThat(entries).isEqualTo(Map.of("kept", "before", "new", "two"));
    }

    @Test
    void showsWhatStandsInItAndTheTime() {
        draft.put("new", "two");

        assertThat(draft.get("new")).contains("two");
        assertThat(draft.get("none")).isEmpty();
        assertThat(draft.at()).isEqualTo(Instant.EPOCH);
    }

    @Test
    void leavesTheMetadataOfASessionThatGoesOnAloneWhenAContributorFails() {
        try (CapturedLog log = CapturedLog.of(BoundedMetadata.class.getName())) {
            Map<String, String> entries = BoundedMetadata.renewed(Map.of("kept", "before"), Instant.EPOCH, draft -> {
                draft.put("kept", "after");
                throw new IllegalStateException("no");
            });

            assertThat(entries).isEqualTo(Map.of("kept", "before"));
            assertThat(log.records())
                    .singleElement()
                    .satisfies(entry -> assertThat(entry.getThrown()).hasMessage("no"));
        }
    }

    @Test
    void takesNamesOf64AndValuesOf512CharactersAndNoLongerOnes() {
        draft.put("n".repeat(64), "v".repeat(512));

        assertThatThrownBy(() -> draft.put("n".repeat(65), "")).hasMessageContaining("1 to 64 characters");
        assertThatThrownBy(() -> draft.put("", "")).hasMessageContaining("1 to 64 characters");
        assertThatThrownBy(() -> draft.put("long", "v".repeat(513))).hasMessageContaining("513 characters");
    }

    @Test
    void takes32EntriesAndNoMore() {
        for (int i = 1; i < 32; i++) {
            draft.put("entry " + i, "");
        }
        draft.put("kept", "changed");

        assertThatThrownBy(() -> draft.put("one more", "")).hasMessageContaining("33th");
    }
}
