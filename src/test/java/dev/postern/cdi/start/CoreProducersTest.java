package dev.postern.cdi.start;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.cdi.ApplicationNames;
import dev.postern.cdi.application.DeployedApplication;
import dev.postern.cdi.settings.ConfigValues;
import dev.postern.cdi.settings.CoreSettingsReader;
import dev.postern.cdi.settings.Settings;
import dev.postern.session.row.RowCodec;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.SessionRow;
import dev.postern.session.row.TestRows;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class CoreProducersTest {

    private static final String KEY = "A".repeat(43) + "=";

    private final RowKey deployed = TestRows.key();
    private final SessionRow row = RowCodec.plain()
            .decode(deployed, TestRows.live(Instant.EPOCH, Duration.ofHours(1)))
            .orElseThrow();

    @Test
    @Tag("S-47")
    void rowsAreSealedWhenThereAreKeys() {
        RowCodec codec = codec(Map.of("postern.keys", "1:" + KEY, "postern.keys.index", KEY));

        byte[] sealed = codec.encode(deployed, row);

        assertThat(RowCodec.plain().decode(deployed, sealed)).isEmpty();
        assertThat(codec.decode(deployed, sealed)).contains(row);
    }

    @Test
    void rowsArePlainWhenTheGridItselfHasTheKeys() {
        assertThat(RowCodec.plain().decode(deployed, codec(Map.of()).encode(deployed, row)))
                .contains(row);
    }

    private static RowCodec codec(Map<String, String> given) {
        Settings settings =
                new CoreSettingsReader(new ConfigValues(name -> Optional.ofNullable(given.get(name)))).read();
        return CoreProducers.lifetimes(
                        settings,
                        new ApplicationNames(settings, new DeployedApplication("shop", "shop", "", Optional.empty())))
                .codec();
    }
}
