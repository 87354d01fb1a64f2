package dev.postern.it.faults;

import dev.postern.it.faults.Answer.Outcome;
import dev.postern.it.faults.Request.Kind;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Counts what is in a history, and what the checker found.
 *
 * <p>Immutable.
 */
record Tally(List<Call> calls, List<Finding> findings) {

    private static final int MOST_STORIES = 20;

    /** How many sessions a finding of that kind is about. */
    long sessions(String invariant) {
        return findings.stream()
                .filter(finding -> finding.invariant().equals(invariant))
                .map(Finding::handle)
                .distinct()
                .count();
    }

    long count(Predicate<Call> what) {
        return calls.stream().filter(what).count();
    }

    /** The share of requests, in percent, that clients had an answer for within the result in milliseconds. */
    static long percentile(List<Call> calls, double percent) {
        long[] millis = calls.stream().mapToLong(Call::millis).sorted().toArray();
        return millis.length == 0 ? 0 : millis[(int) Math.min(millis.length - 1, millis.length * percent / 100)];
    }

    /** The requests that were sent between the fault and the end, and failed. */
    Failures failures(long fault, long end) {
        List<Call> failed = calls.stream()
                .filter(call -> call.sentAt() >= fault && call.sentAt() < end && isFailure(call))
                .toList();
        return new Failures(millis(failed, Call::sentAt, fault), millis(failed, Call::answeredAt, fault));
    }

    private static long millis(List<Call> failed, ToLongFunction<Call> time, long fault) {
        return (failed.stream().mapToLong(time).max().orElse(fault) - fault) / 1_000_000;
    }

    /** For how long after a fault requests were sent that failed, and when the last of them was told so, in milliseconds. */
    record Failures(long sent, long answered) {

        static final Failures NONE = new Failures(0, 0);

        Failures worst(Failures other) {
            return new Failures(Math.max(sent, other.sent), Math.max(answered, other.answered));
        }
    }

    /** A late answer is none: its client has given up. */
    private static boolean isFailure(Call call) {
        return call.millis() > Wire.PATIENCE.toMillis()
                || call.answer().is(Outcome.UNAVAILABLE)
                || call.answer().is(Outcome.NONE);
    }

    /** The figures that every scenario has. */
    String text() {
        return String.format(
                Locale.ROOT,
                "%d requests, %d sessions, %d sign-outs acknowledged, %d copies found; %d unavailable, %d without an answer; half"
                        + " answered within %d ms, 99.9 %% within %d ms; **lost %d, undone %d, wrong user %d, copies accepted %d,"
                        + " false thefts %d, late %d, other errors %d**",
                calls.size(),
                count(call -> call.has(Kind.BEGIN, Outcome.LIVE)),
                count(call -> call.has(Kind.END, Outcome.ENDED)),
                count(call -> call.has(Kind.COPY, Outcome.REUSED)),
                count(call -> call.answer().is(Outcome.UNAVAILABLE)),
                count(call -> call.answer().is(Outcome.NONE)),
                percentile(calls, 50),
                percentile(calls, 99.9),
                sessions("I3"),
                sessions("I2"),
                sessions("I1") + sessions("I4"),
                sessions("I5"),
                sessions("I12"),
                sessions("I6"),
                sessions("I7"));
    }

    /** What was found, and all that is known of the first few sessions that it is about. */
    String stories() {
        Stream<String> first = findings.stream().map(Finding::handle).distinct().limit(MOST_STORIES);
        return Stream.concat(
                        findings.stream().map(Finding::toString),
                        first.flatMap(handle -> Stream.concat(Stream.of("", handle), story(handle))))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private Stream<String> story(String handle) {
        return calls.stream()
                .filter(call -> call.isAbout(handle))
                .sorted(Comparator.comparingLong(Call::sentAt))
                .map(Call::toString);
    }

    /** The uses that were let in although a sign-out had been acknowledged before they were sent, excused or not. */
    List<Call> stale() {
        return Staleness.of(calls);
    }
}
