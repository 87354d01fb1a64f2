package dev.postern.it.cluster;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a checker found in the history of a round, set against what was done to the nodes meanwhile.
 *
 * <p>Immutable.
 */
final class Verdict {

    private static final double NANOS_PER_MILLI = 1e6;
    private static final long NANOS_OF_PEACE = 2_000_000_000;
    private static final int EXAMPLES = 3;
    private static final List<Finding> NEVER =
            List.of(Finding.WRONG_USER, Finding.LOST, Finding.REVIVED, Finding.STRAY_TOKEN, Finding.UNKNOWN_401);

    private final List<Call> calls;
    private final List<Mark> marks;
    private final int sessions;
    private final Map<Finding, List<Call>> findings = new EnumMap<>(Finding.class);

    Verdict(List<Call> calls, List<Mark> marks) {
        this.calls = calls;
        this.marks = marks;
        Ledger ledger = new Ledger(calls);
        this.sessions = ledger.size();
        Checker checker = new Checker(ledger);
        for (Call call : calls) {
            checker.judge(call).ifPresent(finding -> findings.computeIfAbsent(finding, any -> new ArrayList<>())
                    .add(call));
        }
    }

    List<Call> calls() {
        return calls;
    }

    List<Mark> marks() {
        return marks;
    }

    /** How many sessions were begun. */
    int sessions() {
        return sessions;
    }

    List<Call> of(Finding finding) {
        return findings.getOrDefault(finding, List.of());
    }

    /** Those on nodes to which nothing was done at that moment. */
    List<Call> elsewhere(Finding finding) {
        return of(finding).stream()
                .filter(call -> marks.stream().noneMatch(mark -> mark.covers(call)))
                .toList();
    }

    /** How many answers named the session that was presented. */
    long served() {
        return calls.stream()
                .filter(call -> !call.asked().isWithout())
                .filter(call ->
                        call.answer().caller().handle().equals(call.asked().presented()))
                .count();
    }

    /** Whether none of what is never allowed was found, and each session was answered for in the end. */
    boolean isGood() {
        return NEVER.stream().allMatch(finding -> of(finding).isEmpty())
                && elsewhere(Finding.TOKEN_WITH_503).isEmpty()
                && unanswered().isEmpty();
    }

    /** Sessions of which a node did not say at the roll call whether they are there. */
    List<Asked> unanswered() {
        Set<Asked> left = new LinkedHashSet<>();
        calls.stream().filter(call -> call.asked().action() == Action.ROLL_CALL).forEach(call -> {
            if (call.answer().status() == 200 || call.answer().status() == 401) {
                left.remove(call.asked());
            } else {
                left.add(call.asked());
            }
        });
        return List.copyOf(left);
    }

    /** Every finding at all. */
    List<Call> all() {
        return findings.values().stream().flatMap(List::stream).toList();
    }

    /**
     * For how long after something was done to a node others failed to answer, in milliseconds: until two seconds passed without
     * that. The longest of all marks.
     */
    double window() {
        List<Call> failures = Stream.of(Finding.UNAVAILABLE_503, Finding.NO_ANSWER)
                .flatMap(finding -> elsewhere(finding).stream())
                .sorted(Comparator.comparingLong(Call::endedAt))
                .toList();
        return marks.stream().mapToDouble(mark -> window(mark, failures)).max().orElse(0);
    }

    private static double window(Mark mark, List<Call> failures) {
        long end = mark.from();
        for (Call failure : failures) {
            if (failure.endedAt() > end && failure.endedAt() - end < NANOS_OF_PEACE) {
                end = failure.endedAt();
            }
        }
        return (end - mark.from()) / NANOS_PER_MILLI;
    }

    /** The latency below which that share of the answers stayed, in milliseconds. */
    double quantile(double share) {
        double[] sorted = calls.stream()
                .filter(Call::isAnswered)
                .mapToDouble(Call::millis)
                .sorted()
                .toArray();
        return sorted.length == 0 ? 0 : sorted[(int) Math.min(sorted.length - 1, share * sorted.length)];
    }

    double seconds() {
        return calls.isEmpty()
                ? 0
                : (calls.get(calls.size() - 1).endedAt() - calls.get(0).startedAt()) / NANOS_PER_MILLI / 1000;
    }

    /** The findings with their numbers, and the first few of each; where possible of those elsewhere. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        findings.forEach((finding, found) -> {
            List<Call> elsewhere = elsewhere(finding);
            text.append("\n%s: %d, elsewhere %d".formatted(finding, found.size(), elsewhere.size()));
            (elsewhere.isEmpty() ? found : elsewhere).stream().limit(EXAMPLES).forEach(call -> text.append("\n    ")
                    .append(call));
        });
        return text.append("\n").toString();
    }
}
