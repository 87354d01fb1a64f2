package dev.postern.session.durable;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.session.row.RowKey;
import dev.postern.session.row.TestRows;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RecentWritesTest {

    private static final long AGE = RecentWrites.AGE.toNanos();

    private final RecentWrites recent = new RecentWrites();
    private final RowKey one = TestRows.key();
    private final RowKey other = TestRows.key();

    @Test
    void rowIsDueTenSecondsAfterItsLastWrite() {
        recent.add(Set.of(one), 0);
        recent.add(Set.of(other), 1);
        recent.add(Set.of(one), 5);

        assertThat(recent.due(AGE, 10)).isEmpty();
        assertThat(recent.due(1 + AGE, 10)).containsExactly(other);
        assertThat(recent.due(5 + AGE, 10)).containsExactly(other, one);
        assertThat(recent.due(5 + AGE, 1)).containsExactly(other);
    }

    @Test
    void rowThatIsComparedIsNotDueAgainUnlessItWasWrittenMeanwhile() {
        recent.add(List.of(one, other), 0);
        List<RowKey> due = recent.due(AGE, 10);
        recent.add(Set.of(other), AGE);

        recent.remove(due, AGE);

        assertThat(recent.due(3 * AGE, 10)).containsExactly(other);
    }

    @Test
    void rowThatIsUncheckedIsDueAtOnceAndOnceOnly() {
        recent.add(List.of(one, other), 0);
        recent.addUnchecked(Set.of(other));
        assertThat(recent.hasUnchecked()).isTrue();
        assertThat(recent.due(1, 10)).containsExactly(other);
        assertThat(recent.due(AGE, 10)).containsExactly(other, one);
        assertThat(recent.due(AGE, 1)).containsExactly(other);

        recent.remove(List.of(other), 1);

        assertThat(recent.hasUnchecked()).isFalse();
        assertThat(recent.due(1, 10)).isEmpty();
        assertThat(recent.due(AGE, 10)).containsExactly(one, other);
    }

    @Test
    void oldestUncheckedIsForgottenIfThereAreTooMany() {
        recent.addUnchecked(List.of(one, other));
        recent.addUnchecked(TestRows.keys(RecentWrites.MOST - 1));

        assertThat(recent.due(0, RecentWrites.MOST + 1))
                .hasSize(RecentWrites.MOST)
                .contains(other)
                .doesNotContain(one);
    }

    @Test
    void oldestIsForgottenIfThereAreTooMany() {
        recent.add(List.of(one, other), 0);
        recent.add(TestRows.keys(RecentWrites.MOST - 1), 1);

        assertThat(recent.due(AGE, 10)).containsExactly(other);
    }
}
