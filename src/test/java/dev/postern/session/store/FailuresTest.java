package dev.postern.session.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.PosternException;
import org.junit.jupiter.api.Test;

/** A call that goes on after a failure reports the one that says most. */
class FailuresTest {

    private final Failures failures = new Failures();
    private final PosternException grid = new PosternException("The grid does not answer.");
    private final NotDurableException database = new NotDurableException(new PosternException("down"));

    @Test
    void areNoneWhereNothingHasFailed() {
        failures.run(() -> {});

        assertThat(failures.isEmpty()).isTrue();
        failures.rethrow();
    }

    @Test
    void areThrownAsNotDurableIfAllAre() {
        NotDurableException another = new NotDurableException(new PosternException("down"));
        failures.run(() -> {
            throw database;
        });
        failures.runInGrid(() -> {
            throw another;
        });

        assertThat(failures.isEmpty()).isFalse();
        assertThatThrownBy(failures::rethrow).isSameAs(database).hasSuppressedException(another);
    }

    /** A caller to whom the grid is enough must not take it for made. */
    @Test
    void areThrownAsTheGridsIfTheGridHasFailedOnce() {
        failures.add(database);
        failures.run(() -> {
            throw grid;
        });

        assertThatThrownBy(failures::rethrow).isSameAs(grid).hasSuppressedException(database);
    }

    @Test
    void ofTheGridAreThrownAtOnceWhereOnlyTheDatabaseMayFail() {
        assertThatThrownBy(() -> failures.runInGrid(() -> {
                    throw grid;
                }))
                .isSameAs(grid);

        assertThat(failures.isEmpty()).isTrue();
    }
}
