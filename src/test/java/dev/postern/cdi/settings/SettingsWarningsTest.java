package dev.postern.cdi.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SettingsWarningsTest {

    @Test
    @Tag("P-21")
    @Tag("S-70")
    void warnOfALongIdleTimeoutOnce() {
        assertThat(warnings(Map.of("postern.session.idle-timeout", "PT30M"))).noneMatch(line -> line.contains("idle"));
        assertThat(warnings(Map.of("postern.session.idle-timeout", "PT30M1S")))
                .filteredOn(line -> line.contains("idle"))
                .singleElement()
                .asString()
                .contains("postern.session.idle-timeout is PT30M1S");
    }

    @Test
    void warnOfKeysThatTheClusterDraws() {
        assertThat(warnings(Map.of())).singleElement().asString().contains("postern.keys and postern.keys.index");
    }

    @Test
    void warnOfTokensThatCanBeReadOnTheWay() {
        assertThat(warnings(Map.of("postern.cookie.secure", "false", "postern.cookie.plain-http", "always")))
                .hasSize(3)
                .anyMatch(line -> line.startsWith("postern.cookie.secure is false"))
                .anyMatch(line -> line.startsWith("postern.cookie.plain-http is always"));
    }

    @Test
    void warnOfBackupsThatAPartOfTheClusterMayHaveAllOf() {
        Map<String, String> enough = Map.of("postern.cache.minimum-members", "3", "postern.cache.backups", "2");
        assertThat(warnings(enough)).noneMatch(line -> line.contains("backups"));
        Map<String, String> few = Map.of("postern.cache.minimum-members", "3", "postern.cache.backups", "1");
        assertThat(warnings(few)).anyMatch(line -> line.startsWith("postern.cache.backups is 1, less than"));
    }

    @Test
    void warnOfOtherSites() {
        assertThat(warnings(Map.of("postern.cross-site.guard", "false")))
                .anyMatch(line -> line.startsWith("postern.cross-site.guard is false"));
    }

    @Test
    @Tag("S-52")
    void warnOfAClusterThatNobodyHasNamedOnceThereAreKeys() {
        String key = "A".repeat(43) + "=";
        Map<String, String> keys = Map.of("postern.keys", "1:" + key, "postern.keys.index", key);

        assertThat(warnings(keys, Optional.of("development")))
                .singleElement()
                .asString()
                .startsWith("The Hazelcast cluster has the default name development");
        assertThat(warnings(keys, Optional.empty())).isEmpty();
        assertThat(warnings(Map.of(), Optional.of("development"))).noneMatch(line -> line.contains("development"));
    }

    @Test
    void warnOfPasswordsThatAnybodyMayGuess() {
        assertThat(warnings(Map.of("postern.sign-in.throttle", "false")))
                .anyMatch(line -> line.startsWith("postern.sign-in.throttle is false"));
    }

    @Test
    @Tag("A11")
    void sayThatClientsMayStaySignedInForLongerThanSessionsLast() {
        assertThat(warnings(Map.of("postern.remember.enabled", "true")))
                .anyMatch(line -> line.startsWith("postern.remember.enabled is true") && line.contains("PT720H"));
        assertThat(warnings(Map.of(
                        "postern.remember.enabled", "true",
                        "postern.remember.idle-timeout", "PT1H",
                        "postern.remember.absolute-timeout", "PT12H")))
                .noneMatch(line -> line.contains("remember"));
    }

    private static List<String> warnings(Map<String, String> given) {
        return warnings(given, Optional.empty());
    }

    private static List<String> warnings(Map<String, String> given, Optional<String> unchosenName) {
        ConfigValues values = new ConfigValues(name -> Optional.ofNullable(given.get(name)));
        return SettingsWarnings.of(new CoreSettingsReader(values).read(), unchosenName);
    }
}
