package dev.postern.rest.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.Fresh;
import dev.postern.rest.SampleResources;
import jakarta.annotation.security.RolesAllowed;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which {@link Fresh} counts. */
@Tag("X-38")
class FreshnessTest {

    @Test
    void isOfNoMatterWhereNothingSaysSo() throws Exception {
        assertThat(rule(SampleResources.Clerks.class, "plain").within()).isEmpty();
    }

    @Test
    void ofTheMethodBeatsThatOfItsClass() throws Exception {
        assertThat(rule(Guarded.class, "plain").within()).contains(Duration.ofMinutes(5));
        assertThat(rule(Guarded.class, "lenient").within()).contains(Duration.ofHours(1));
    }

    @Test
    void isInherited() throws Exception {
        assertThat(rule(Heir.class, "plain").within()).contains(Duration.ofMinutes(5));
        assertThat(rule(Heir.class, "lenient").within())
                .as("overridden without a word")
                .contains(Duration.ofHours(1));
        assertThat(rule(Stricter.class, "plain").within()).contains(Duration.ofSeconds(30));
    }

    @Test
    void standsBesideTheRolesOfTheClass() throws Exception {
        AccessRule rule = rule(Guarded.class, "lenient");
        assertThat(rule.demands()).isEqualTo(AccessRule.anyOf("clerk").demands());
        assertThat(rule.restricts()).isTrue();
    }

    @Test
    void isTheShortestOfSeveralRules() {
        AccessRule hour = AccessRule.OPEN.within(Optional.of(Duration.ofHours(1)));
        AccessRule minute = AccessRule.OPEN.within(Optional.of(Duration.ofMinutes(1)));

        assertThat(hour.and(minute).within()).contains(Duration.ofMinutes(1));
        assertThat(minute.and(AccessRule.OPEN).within()).contains(Duration.ofMinutes(1));
        assertThat(minute.restricts()).isTrue();
    }

    @Test
    void thatSaysNothingIsAFault() throws Exception {
        assertThat(Freshness.fault(Guarded.class)).isEmpty();
        assertThat(SecurityAnnotations.faults(Faulty.class))
                .singleElement()
                .asString()
                .startsWith("The method " + Faulty.class.getName()
                        + ".soon is marked @Fresh(within = \"5 minutes\"): write");
    }

    @ParameterizedTest
    @ValueSource(classes = {Zero.class, Negative.class, TooShort.class})
    void isASecondAtLeast(Class<?> type) {
        assertThat(Freshness.fault(type)).isPresent();
    }

    private static AccessRule rule(Class<?> type, String name) throws NoSuchMethodException {
        return AccessRules.of(
                type,
                Stream.of(type.getMethods())
                        .filter(method -> method.getName().equals(name))
                        .findFirst()
                        .orElseThrow());
    }

    @Fresh(within = "PT5M")
    @RolesAllowed("clerk")
    public static class Guarded {
        public void plain() {}

        @Fresh(within = "PT1H")
        public void lenient() {}
    }

    /** Says nothing itself. */
    public static class Heir extends Guarded {
        @Override
        public void lenient() {}
    }

    @Fresh(within = "PT30S")
    public static class Stricter extends Guarded {}

    /** Says something that is no duration. */
    public static class Faulty {
        @Fresh(within = "5 minutes")
        public void soon() {}
    }

    @Fresh(within = "PT0S")
    private static final class Zero {}

    @Fresh(within = "-PT5M")
    private static final class Negative {}

    @Fresh(within = "PT0.999S")
    private static final class TooShort {}
}
