package dev.postern.session.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RecentEntriesTest {

    private final RecentEntries<String, Integer> entries = new RecentEntries<>(2, Duration.ofNanos(10));

    @Test
    void remembersTheLastValueOfAKey() {
        entries.put("a", 1, 0);
        entries.put("a", 2, 0);

        assertThat(entries.get("a", 1)).contains(2);
        assertThat(entries.get("b", 1)).isEmpty();
    }

    @Test
    void forgetsAValueInTime() {
        entries.put("a", 1, 5);

        assertThat(entries.get("a", 14)).contains(1);
        assertThat(entries.get("a", 15)).isEmpty();

        entries.put("a", 1, 15);
        assertThat(entries.get("a", 24)).contains(1);
    }

    @Test
    void forgetsTheOldestIfThereAreTooMany() {
        entries.put("a", 1, 0);
        entries.put("b", 2, 0);
        entries.put("a", 3, 0);
        entries.put("c", 4, 0);

        assertThat(entries.get("b", 0)).isEmpty();
        assertThat(entries.get("a", 0)).contains(3);
        assertThat(entries.get("c", 0)).contains(4);
    }
}
