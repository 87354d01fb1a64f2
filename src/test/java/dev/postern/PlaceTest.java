package dev.postern;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.DeclaredTests.DeclaredTest;
import dev.postern.testing.Documents;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlaceTest {

    private static final Path UNIT = Path.of("src/test/java");
    private static final Path INTEGRATION = Path.of("src-it/java");
    private static final Pattern SPACE = Pattern.compile(" ");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "src/test/java | RotationTest          |                        | JVM            | JVM",
                "src/test/java | TokenMintFuzz         |                        | JVM            | JVM",
                "src/test/java | LeaseModelTest        | long                   |                | JVM",
                "src/test/java | ConstantTimeBenchmark |                        |                |",
                "src-it/java   | CheckerTest           |                        | JVM            | JVM",
                "src-it/java   | SessionsIT            |                        | PAYARA WILDFLY | PAYARA WILDFLY",
                "src-it/java   | RenewalIT             | wildfly-by-day         | WILDFLY        | PAYARA WILDFLY",
                "src-it/java   | GuessingIT            | payara-by-day          | PAYARA         | PAYARA WILDFLY",
                "src-it/java   | KeycloakIT            | long                   |                | PAYARA WILDFLY",
                "src-it/java   | UnderLoadIT           | load long              |                | PAYARA WILDFLY",
                "src-it/java   | NothingSecretIT       | last                   | PAYARA WILDFLY | PAYARA WILDFLY",
                "src-it/java   | RaceFaultsIT          | faults                 | MEMBERS        | MEMBERS",
                "src-it/java   | KillFaultsIT          | faults on-servers      | MEMBERS        | MEMBERS PAYARA WILDFLY",
                "src-it/java   | KillFaultsIT          | faults on-servers long |                | MEMBERS PAYARA WILDFLY",
                "src-it/java   | SplitFaultsIT         | faults long            |                | MEMBERS",
                "src-it/java   | Browser               |                        |                |",
            })
    void dependsOnNameAndTags(
            String root, String runner, @Nullable String tags, @Nullable String day, @Nullable String night) {
        Set<String> all = tags == null ? Set.of() : SPACE.splitAsStream(tags).collect(Collectors.toSet());
        DeclaredTest test = new DeclaredTest(Path.of(root), runner, runner, "test", all);

        assertThat(Place.byDay(test)).isEqualTo(places(day));
        assertThat(Place.atNight(test)).isEqualTo(places(night));
    }

    @Test
    void tagsAreThoseOfTheBuild() {
        assertThat(pom(""))
                .contains("<it.without>long</it.without>")
                .contains("<it.elsewhere>none</it.elsewhere>")
                .contains("<it.excluded>faults,load,last,${it.without},${it.elsewhere}</it.excluded>");
        assertThat(pom("src"))
                .contains("<include>**/*Test.java</include>", "<include>**/*Fuzz.java</include>")
                .contains("<excludedGroups>${it.without}</excludedGroups>");
        assertThat(pom("src/test"))
                .contains("<include>${test.slow}</include>")
                .contains("<excludedGroups>${it.without}</excludedGroups>");
        assertThat(pom("src-it/payara"))
                .contains("<it.elsewhere>wildfly-by-day</it.elsewhere>")
                .contains("<excludedGroups>${it.excluded}</excludedGroups>", "<groups>last</groups>");
        assertThat(pom("src-it/wildfly"))
                .contains("<it.elsewhere>payara-by-day</it.elsewhere>")
                .contains("<excludedGroups>${it.excluded}</excludedGroups>", "<groups>last</groups>");
        assertThat(pom("src-it/members"))
                .contains("<groups>faults</groups>", "<excludedGroups>${it.without}</excludedGroups>");
        assertThat(pom("src-it/load"))
                .contains("<it.load.skip>true</it.load.skip>", "<it.load.skip>false</it.load.skip>")
                .contains("<skip>${it.load.skip}</skip>", "<groups>load | on-servers</groups>")
                .contains("<excludedGroups>${it.without}</excludedGroups>");
    }

    /** Each other class that declares a test is run by the build, itself or through a class that extends or implements it. */
    @Test
    void onlyMeasurementsRunNowhere() {
        assertThat(PromiseTags.tests())
                .filteredOn(test -> Place.atNight(test).isEmpty())
                .extracting(DeclaredTest::runner)
                .containsOnly("ConstantTimeBenchmark");
        assertThat(PromiseTags.tests()).extracting(DeclaredTest::root).contains(UNIT, INTEGRATION);
    }

    private static Set<Place> places(@Nullable String names) {
        return names == null
                ? Set.of()
                : SPACE.splitAsStream(names).map(Place::valueOf).collect(Collectors.toSet());
    }

    private static String pom(String module) {
        return Documents.text(Path.of(module, "pom.xml"));
    }
}
