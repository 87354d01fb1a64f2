package dev.postern.cdi.start;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.PosternException;
import dev.postern.cdi.settings.Settings;
import dev.postern.session.TestSessions;
import dev.postern.session.row.TestRows;
import dev.postern.testing.InMemoryCredentialsCache;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OpenDatabaseTest {

    @Test
    void serverWithoutTheDataSourceIsOneSentenceThatNamesIt() {
        Settings.Store settings = new Settings.Store("java:app/jdbc/shop", false, Optional.empty());
        InMemoryCredentialsCache grid = new InMemoryCredentialsCache(TestRows.LIFETIMES, TestSessions.START);

        assertThatThrownBy(() -> OpenDatabase.open(settings, "shop", grid, TestRows.LIFETIMES))
                .isInstanceOf(PosternException.class)
                .hasMessageContaining("java:app/jdbc/shop (postern.store.data-source)");
    }
}
