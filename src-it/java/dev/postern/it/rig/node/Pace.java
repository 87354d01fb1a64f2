package dev.postern.it.rig.node;

import dev.postern.session.rotation.SessionPolicy;
import dev.postern.session.row.SessionTimes;
import java.time.Duration;
import java.util.List;

/**
 * How fast sessions age: their idle and absolute limit, the age of a secret that is renewed, its grace, and the touch.
 *
 * <p>Immutable.
 */
public record Pace(Duration idle, Duration absolute, Duration renewAfter, Duration grace, Duration touchEvery) {

    /** The limits of a production, with secrets that are renewed every few seconds. */
    public static final Pace BRISK = new Pace(
            Duration.ofMinutes(30),
            Duration.ofHours(12),
            Duration.ofSeconds(6),
            Duration.ofSeconds(5),
            Duration.ofSeconds(1));

    /** The same, for requests that hang for up to a minute without being old enough to be taken for a copy. */
    public static final Pace PATIENT = new Pace(
            Duration.ofMinutes(30),
            Duration.ofHours(12),
            Duration.ofSeconds(21),
            Duration.ofSeconds(20),
            Duration.ofSeconds(1));

    /** Every use writes. */
    public static final Pace RACING = new Pace(
            Duration.ofMinutes(30),
            Duration.ofHours(12),
            Duration.ofSeconds(2),
            Duration.ofMillis(1900),
            Duration.ZERO);

    /** Nothing is quicker than in production. */
    public static final Pace OF_THE_PRODUCT = new Pace(
            Duration.ofMinutes(30),
            Duration.ofHours(12),
            Duration.ofMinutes(15),
            Duration.ofSeconds(60),
            Duration.ofMinutes(1));

    /** For servers, whose clients wait for each answer. */
    public static final Pace SERVED = new Pace(
            Duration.ofMinutes(30),
            Duration.ofHours(12),
            Duration.ofSeconds(4),
            Duration.ofSeconds(3),
            Duration.ofSeconds(1));

    SessionPolicy limits() {
        return new SessionPolicy(
                new SessionTimes.Limits(idle, absolute),
                new SessionTimes.Limits(Duration.ofDays(14), Duration.ofDays(30)),
                new SessionPolicy.Renewal(renewAfter, grace, SessionPolicy.Renewal.OnReuse.REVOKE),
                touchEvery,
                SessionPolicy.PerUser.UNLIMITED);
    }

    String text() {
        return String.join(
                ",",
                List.of(idle, absolute, renewAfter, grace, touchEvery).stream()
                        .map(Duration::toString)
                        .toList());
    }

    static Pace of(String text) {
        List<Duration> times =
                List.of(text.split(",", -1)).stream().map(Duration::parse).toList();
        return new Pace(times.get(0), times.get(1), times.get(2), times.get(3), times.get(4));
    }
}
