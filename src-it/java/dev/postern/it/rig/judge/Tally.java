package dev.postern.it.rig.judge;

import dev.postern.it.rig.client.Answer.Outcome;
import dev.postern.it.rig.client.Request.Kind;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/**
 * Counts what is in a history, and what the checker found, set against what was done to the nodes meanwhile.
 *
 * <p>Immutable.
 */
public record Tally(List<Call> calls, List<Finding> findings, List<Mark> marks) {

    private static final int MOST_STORIES = 20;
    private static final int DIGITS = 3;
    private static final long NANOS_OF_PEACE = 2_000_000_000;

    /** For how long after a fault requests were sent that failed, and when the last of them was answered so, in milliseconds. */
    public record Failures(long sent, long answered) {

        public static final Failures NONE = new Failures(0, 0);

        public Failures worst(Failures other) {
            return new Failures(Math.max(sent, other.sent), Math.max(answered, other.answered));
        }
    }

    public long count(Predicate<Call> what) {
        return calls.stream().filter(what).count();
    }

    /** How many sessions a finding of that kind is about. */
    private long sessions(Invariant invariant) {
        return findings.stream()
                .filter(finding -> finding.invariant() == invariant)
                .map(Finding::handle)
                .distinct()
                .count();
    }

    /** Those on nodes to which nothing was done at that moment. */
    public List<Call> elsewhere(Predicate<Call> what) {
        return calls.stream().filter(what.and(call -> !isCovered(call))).toList();
    }

    /** Whether something was done to the node of the call at that moment. */
    public boolean isCovered(Call call) {
        return marks.stream().anyMatch(mark -> mark.covers(call));
    }

    /** How many answers named the session that was presented. */
    public long served() {
        return count(call -> !call.request().isWithout()
                && call.answer().caller().handle().equals(call.request().handle()));
    }

    /** The requests that were sent between the fault and the end, and failed for clients of that patience. */
    public Failures failures(long fault, long end, Duration patience) {
        List<Call> failed = calls.stream()
                .filter(call -> call.sentAt() >= fault && call.sentAt() < end)
                .filter(call -> call.isFailure() || call.millis() > patience.toMillis())
                .toList();
        return new Failures(millis(failed, Call::sentAt, fault), millis(failed, Call::answeredAt, fault));
    }

    private static long millis(List<Call> failed, ToLongFunction<Call> time, long fault) {
        return (failed.stream().mapToLong(time).max().orElse(fault) - fault) / 1_000_000;
    }

    /**
     * For how long after something was done to a node others failed to answer, in milliseconds: until two seconds passed without that. The
     * longest of all marks.
     */
    public long window() {
        List<Call> failures = elsewhere(Call::isFailure).stream()
                .sorted(Comparator.comparingLong(Call::answeredAt))
                .toList();
        return marks.stream()
                .filter(mark -> !mark.node().isEmpty())
                .mapToLong(mark -> window(mark, failures))
                .max()
                .orElse(0);
    }

    private static long window(Mark mark, List<Call> failures) {
        long end = mark.from();
        for (Call failure : failures) {
            if (failure.answeredAt() > end && failure.answeredAt() - end < NANOS_OF_PEACE) {
                end = failure.answeredAt();
            }
        }
        return (end - mark.from()) / 1_000_000;
    }

    /** How long clients waited for the answers that came, in microseconds. */
    private Histogram latency() {
        Histogram latency = new Histogram(DIGITS);
        calls.stream()
                .filter(call -> !call.answer().is(Outcome.NONE))
                .forEach(call -> latency.recordValue((call.answeredAt() - call.sentAt()) / 1000));
        return latency;
    }

    /** The figures that every scenario has. */
    public String text() {
        Histogram latency = latency();
        String waits = Stream.of(50.0, 99.0, 99.9, 100.0)
                .map(percent -> String.format(Locale.ROOT, "%.1f", latency.getValueAtPercentile(percent) / 1000.0))
                .collect(Collectors.joining(", "));
        String found = Stream.of(Invariant.values())
                .map(invariant -> invariant.title() + " " + sessions(invariant))
                .collect(Collectors.joining(", "));
        return String.format(
                Locale.ROOT,
                "%d requests, %d sessions, %d sign-outs acknowledged, %d copies found; %d unavailable (%d), %d without an answer (%d);"
                        + " p50, p99, p99.9 and the longest %s ms; **%s**",
                calls.size(),
                count(call -> call.has(Kind.BEGIN, Outcome.LIVE)),
                count(call -> call.has(Kind.END, Outcome.ENDED)),
                count(call -> call.request().kind() == Kind.COPY && call.isEnd()),
                count(call -> call.answer().is(Outcome.UNAVAILABLE)),
                elsewhere(call -> call.answer().is(Outcome.UNAVAILABLE)).size(),
                count(call -> call.answer().is(Outcome.NONE)),
                elsewhere(call -> call.answer().is(Outcome.NONE)).size(),
                waits,
                found);
    }

    /** What was found, and all that is known of the first few sessions that it is about. */
    public String stories() {
        Stream<String> first = findings.stream()
                .map(Finding::handle)
                .filter(Predicate.not(String::isEmpty))
                .distinct()
                .limit(MOST_STORIES);
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

    /** The uses that were let in although a sign-out had been acknowledged before they were sent, whether or not a fault excuses it. */
    public List<Call> stale() {
        Map<String, Long> ends = new HashMap<>();
        calls.stream()
                .filter(call -> call.has(Kind.END, Outcome.ENDED))
                .forEach(call -> ends.merge(call.request().handle(), call.answeredAt(), Math::min));
        return calls.stream()
                .filter(call -> call.request().isUse() && call.answer().is(Outcome.LIVE))
                .filter(call -> call.sentAt() > ends.getOrDefault(call.request().handle(), Long.MAX_VALUE))
                .toList();
    }
}
