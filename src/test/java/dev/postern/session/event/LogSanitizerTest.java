package dev.postern.session.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.postern.session.TestSessions;
import dev.postern.testing.CapturedLog;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("S-64")
class LogSanitizerTest {

    @Test
    void isWhatPeopleWrite() {
        assertThat(LogSanitizer.of("Ann Ødegård <ann@shop.example> 𝄞 {0} %s"))
                .isEqualTo("Ann Ødegård <ann@shop.example> 𝄞 {0} %s");
    }

    @Test
    void isOneLineWhateverIsInIt() {
        assertThat(LogSanitizer.of("ann\r\nINFO: forged\0\u001b[2J"))
                .isEqualTo("ann\\u{d}\\u{a}INFO: forged\\u{0}\\u{1b}[2J");
        assertThat(LogSanitizer.of("a\u2028b\u2029c\u0085d\u202ee"))
                .isEqualTo("a\\u{2028}b\\u{2029}c\\u{85}d\\u{202e}e");
        assertThat(LogSanitizer.of("half \ud834!")).isEqualTo("half \\u{d834}!");
    }

    @Test
    void isDifferentForDifferentTexts() {
        assertThat(LogSanitizer.of("\\u{a}")).isEqualTo("\\\\u{a}");
        List<String> escaped = new ArrayList<>();
        for (int point = 0; point <= Character.MAX_CODE_POINT; point++) {
            String text = Character.toString(point);
            String safe = LogSanitizer.of(text);
            if (!safe.equals(text)) {
                escaped.add(safe);
            } else if (Character.isISOControl(point)) {
                fail("not escaped: " + point);
            }
        }
        assertThat(escaped).hasSizeGreaterThan(2_000).doesNotHaveDuplicates().allMatch(safe -> safe.startsWith("\\"));
    }

    @Test
    void isHowEventsNameUsers() {
        TestSessions sessions = new TestSessions();
        try (CapturedLog log = CapturedLog.of("dev.postern.events")) {
            sessions.begin("ann\nWARNING: forged");

            assertThat(log.records())
                    .singleElement()
                    .satisfies(line -> assertThat(line.getMessage())
                            .startsWith("session_created: Created[")
                            .contains("user=ann\\u{a}WARNING: forged"));
        }
    }
}
