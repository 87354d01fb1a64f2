package dev.postern.session.event;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.Ending;
import dev.postern.SessionEvent;
import dev.postern.testing.CapturedLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.logging.LogRecord;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The tables of {@code src/docs/events.md} and what the code tells. */
@Tag("S-63")
class EventsDocumentTest {

    private static final Path DOCUMENT = Path.of("src/docs/events.md");
    private static final Pattern EVENT =
            Pattern.compile("\\| `(\\w+)` \\| (\\w+) \\| `(\\w+)` \\| ([\\w, ]+) \\| \\S.*\\|");
    private static final Pattern INCIDENT = Pattern.compile("\\| `(\\w+)` \\| (\\w+) \\| [^`|]+ \\|");
    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");

    /** One event for each id. */
    private static final List<SessionEvent> EVENTS = Stream.<Stream<? extends SessionEvent>>of(
                    Stream.of(
                            new SessionEvent.Created("h", "ann", NOW),
                            new SessionEvent.Reauthenticated("h", "ann", NOW),
                            new SessionEvent.SignInFailed(Optional.of("ann"), "192.0.2.1", NOW),
                            new SessionEvent.SignInThrottled(Optional.of("ann"), "192.0.2.1", NOW),
                            new SessionEvent.Refused("ann", NOW),
                            new SessionEvent.SignInOvertaken("ann", NOW),
                            new SessionEvent.Renewed("h", "ann", NOW),
                            new SessionEvent.Confirmed("h", "ann", false, NOW),
                            new SessionEvent.Confirmed("h", "ann", true, NOW),
                            new SessionEvent.RenewalUnanswered("h", "ann", 5, NOW),
                            new SessionEvent.Expired("h", NOW),
                            new SessionEvent.ReuseDetected("h", "ann", true, NOW)),
                    Stream.of(Ending.values()).map(reason -> new SessionEvent.Ended("h", reason, NOW)),
                    Stream.of(SessionEvent.Rejected.Cause.values())
                            .map(cause -> new SessionEvent.Rejected(cause, Optional.of("h"), NOW)),
                    Stream.of(SessionEvent.LogoutRefused.Fault.values())
                            .map(fault -> new SessionEvent.LogoutRefused(fault, NOW)))
            .<SessionEvent>flatMap(events -> events)
            .toList();

    @Test
    void everyKindOfEventIsInTheListOfThisTest() {
        assertThat(EVENTS.stream().<Class<?>>map(Object::getClass).collect(Collectors.toSet()))
                .isEqualTo(Set.of(SessionEvent.class.getPermittedSubclasses()));
        assertThat(EVENTS).extracting(SessionEvent::id).doesNotHaveDuplicates();
    }

    @Test
    void tableSaysOfEachEventItsLevelItsRecordAndItsFields() throws IOException {
        Map<String, String> documented = Files.readAllLines(DOCUMENT).stream()
                .map(EVENT::matcher)
                .filter(row -> row.matches())
                .collect(toMap(row -> row.group(1), row -> row.group(2) + " " + row.group(3) + " " + row.group(4)));

        assertThat(documented)
                .isEqualTo(
                        EVENTS.stream().collect(toMap(SessionEvent::id, event -> level(event) + " " + shape(event))));
    }

    @Test
    void tableHasEachIncident() throws IOException {
        List<String> documented = Files.readAllLines(DOCUMENT).stream()
                .map(INCIDENT::matcher)
                .filter(row -> row.matches())
                .map(row -> row.group(1))
                .toList();

        assertThat(documented)
                .containsExactlyElementsOf(
                        Stream.of(LogEvent.values()).map(LogEvent::id).toList());
        assertThat(LogEvent.GRID_FAILED.told("It is away.")).isEqualTo("grid_failed: It is away.");
    }

    private static String shape(SessionEvent event) {
        return event.getClass().getSimpleName()
                + Arrays.stream(event.getClass().getRecordComponents())
                        .map(component -> component.getName())
                        .collect(Collectors.joining(", ", " ", ""));
    }

    /** The level of the line, which begins with the id. */
    private static String level(SessionEvent event) {
        try (CapturedLog log = CapturedLog.of("dev.postern.events")) {
            new EventPublisher(told -> {}).fire(event);
            LogRecord line = log.records().get(0);
            assertThat(line.getMessage())
                    .startsWith(event.id() + ": " + event.getClass().getSimpleName() + "[");
            return line.getLevel().getName();
        }
    }
}
