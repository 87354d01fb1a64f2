package dev.postern.rest.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.Fresh;
import dev.postern.HalfWay;
import dev.postern.rest.SampleResources;
import dev.postern.session.LiveSession;
import dev.postern.session.SignInRequest;
import dev.postern.session.TestSessions;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
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
        assertThat(rule(SampleResources.Clerks.class, "plain").freshness().within())
                .isEmpty();
    }

    @Test
    void ofTheMethodBeatsThatOfItsClass() throws Exception {
        assertThat(rule(Guarded.class, "plain").freshness().within()).contains(Duration.ofMinutes(5));
        assertThat(rule(Guarded.class, "lenient").freshness().within()).contains(Duration.ofHours(1));
    }

    @Test
    void ageAndMethodsAreDecidedEachByItself() throws Exception {
        Freshness both = Freshness.by("mfa").and(Freshness.within(Duration.ofMinutes(5)));

        assertThat(rule(Proven.class, "recent").freshness()).isEqualTo(both);
        assertThat(rule(MoreProven.class, "recent").freshness()).as("inherited").isEqualTo(both);
        assertThat(rule(Guarded.class, "proven").freshness()).isEqualTo(both);
        assertThat(rule(Proven.class, "keyed").freshness()).isEqualTo(Freshness.by("hwk"));
    }

    @Test
    void isInherited() throws Exception {
        assertThat(rule(Heir.class, "plain").freshness().within()).contains(Duration.ofMinutes(5));
        assertThat(rule(Heir.class, "lenient").freshness().within())
                .as("overridden without a word")
                .contains(Duration.ofHours(1));
        assertThat(rule(Stricter.class, "plain").freshness().within()).contains(Duration.ofSeconds(30));
    }

    @Test
    void standsBesideTheRolesOfTheClass() throws Exception {
        AccessRule rule = rule(Guarded.class, "lenient");
        assertThat(rule.demands()).isEqualTo(AccessRule.anyOf("clerk").demands());
        assertThat(rule.restricts()).isTrue();
    }

    @Test
    void isTheShortestOfSeveralRules() {
        AccessRule hour = AccessRule.OPEN.with(Freshness.within(Duration.ofHours(1)));
        AccessRule minute = AccessRule.OPEN.with(Freshness.within(Duration.ofMinutes(1)));

        assertThat(hour.and(minute).freshness().within()).contains(Duration.ofMinutes(1));
        assertThat(minute.and(AccessRule.OPEN).freshness().within()).contains(Duration.ofMinutes(1));
        assertThat(minute.restricts()).isTrue();
    }

    @Test
    void asksForOneMethodOfEachRule() throws Exception {
        AccessRule strict = rule(Keyed.class, "strict");
        assertThat(rule(Keyed.class, "plain").freshness()).isEqualTo(Freshness.by("hwk", "otp"));
        assertThat(strict.freshness()).isEqualTo(Freshness.by("mfa").and(Freshness.within(Duration.ofMinutes(5))));
        assertThat(rule(Locked.class, "plain").freshness())
                .isEqualTo(Freshness.by("hwk", "otp").and(Freshness.by("mfa")));

        LiveSession byCode = begin("pwd", "otp");
        assertThat(Freshness.by("hwk", "otp").lacking(Optional.of(byCode))).isEqualTo(Freshness.NONE);
        assertThat(strict.freshness().lacking(Optional.of(byCode))).isEqualTo(Freshness.by("mfa"));
        assertThat(strict.freshness().lacking(Optional.empty())).isEqualTo(strict.freshness());
        assertThat(rule(Locked.class, "plain").freshness().lacking(Optional.of(byCode)))
                .isEqualTo(Freshness.by("mfa"));
        assertThat(rule(Keyed.class, "plain").freshness().lacking(Optional.of(begin())))
                .isEqualTo(Freshness.by("hwk", "otp"));
    }

    @Test
    void countsHalfWayOfTheMethodItsClassAndAbove() throws Exception {
        assertThat(rule(Codes.class, "plain")).isEqualTo(AccessRule.UNDECLARED.halfWay(true));
        assertThat(rule(Codes.class, "lenient").admitsHalfWay())
                .as("open, and half-way")
                .isTrue();
        assertThat(rule(Codes.class, "guarded").admitsHalfWay()).isFalse();
        assertThat(rule(MoreCodes.class, "plain").admitsHalfWay()).isTrue();
        assertThat(rule(Guarded.class, "plain").admitsHalfWay()).isFalse();
        assertThat(SubResourceLocators.rule(CodeLocator.class).admitsHalfWay()).isTrue();
    }

    @HalfWay
    public static class Codes {
        public void plain() {}

        @PermitAll
        public void lenient() {}

        @RolesAllowed("clerk")
        public void guarded() {}
    }

    public static class MoreCodes extends Codes {
        @Override
        public void plain() {}
    }

    @HalfWay
    public static class CodeLocator {
        @Path("code")
        public Codes code() {
            return new Codes();
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {Nothing.class, Blank.class, Quoted.class, Wordy.class})
    void thatNamesNoMethodIsAFault(Class<?> type) {
        assertThat(FreshAnnotations.fault(type)).isPresent();
    }

    private static LiveSession begin(String... methods) {
        TestSessions sessions = new TestSessions();
        return sessions.keeper()
                .begin(new SignInRequest(
                        TestSessions.user("ann"),
                        Set.of(methods),
                        false,
                        Optional.empty(),
                        draft -> {},
                        Optional.empty()))
                .orElseThrow();
    }

    @Test
    void thatSaysNothingIsAFault() throws Exception {
        assertThat(FreshAnnotations.fault(Guarded.class)).isEmpty();
        assertThat(SecurityAnnotations.faults(Faulty.class))
                .singleElement()
                .asString()
                .startsWith("The method " + Faulty.class.getName()
                        + ".soon is marked @Fresh(within = \"5 minutes\"): write");
    }

    @ParameterizedTest
    @ValueSource(classes = {Zero.class, Negative.class, TooShort.class})
    void isASecondAtLeast(Class<?> type) {
        assertThat(FreshAnnotations.fault(type)).isPresent();
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

        @Fresh(by = "mfa")
        public void proven() {}
    }

    @Fresh(by = "mfa")
    public static class Proven {
        @Fresh(within = "PT5M")
        public void recent() {}

        @Fresh(by = "hwk")
        public void keyed() {}
    }

    /** Says nothing itself. */
    public static class MoreProven extends Proven {
        @Override
        public void recent() {}
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

    @Fresh(by = {"hwk", "otp"})
    public static class Keyed {
        public void plain() {}

        @Fresh(within = "PT5M", by = "mfa")
        public void strict() {}
    }

    @Fresh(by = "mfa")
    public static class Locked extends Keyed {}

    @Fresh
    private static final class Nothing {}

    @Fresh(by = {"otp", ""})
    private static final class Blank {}

    @Fresh(by = "o\"tp")
    private static final class Quoted {}

    @Fresh(by = {"1", "2", "3", "4", "5", "6", "7", "8", "9"})
    private static final class Wordy {}

    @Fresh(within = "PT0S")
    private static final class Zero {}

    @Fresh(within = "-PT5M")
    private static final class Negative {}

    @Fresh(within = "PT0.999S")
    private static final class TooShort {}
}
