package dev.postern.demo.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoStoreTest {

    @TempDir
    private Path directory = Path.of("");

    @Test
    void secondRunHasTheSecretsOfTheFirst() throws IOException {
        DemoStore first = DemoStore.in(directory.resolve("one"));

        assertThat(DemoStore.in(directory.resolve("one"))).isEqualTo(first);
        assertThat(DemoStore.in(directory.resolve("other")).key()).isNotEqualTo(first.key());
    }

    @Test
    void keysAreInTheEnvironmentAndNotOnTheCommandLine() throws IOException {
        DemoStore store = DemoStore.in(directory);

        assertThat(store.environment()).containsEntry("POSTERN_KEYS", "1:" + store.key());
        assertThat(store.environment()).containsEntry("POSTERN_KEYS_INDEX", store.index());
        assertThat(store.settings()).contains("-Dpostern.store.data-source=java:app/jdbc/desk");
        assertThat(store.settings().toString() + store).doesNotContain(store.key(), store.index(), store.password());
    }

    @Test
    void thereIsNoneUnlessItIsAskedFor() throws IOException {
        assertThat(DemoStore.fromSystemProperties(directory)).isEmpty();
        assertThat(directory).isEmptyDirectory();
    }
}
