package dev.postern.it.cluster;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What a checker found in the history of a round, set against what was done to the nodes meanwhile.
 *
 * <p>Immutable.
 */
final class Verdict {

    private static final double NANOS_PER_MILLI = 1e6;
    private static final int EXAMPLES = 3;

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
            checker.judge(call).ifPresent(finding -> found(finding).add(call));
        }
    }

    private List<Call> found(Finding finding) {
        return findings.computeIfAbsent(finding, any -> new ArrayList<>());
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
        return List.copyOf(found(finding));
    }

    /** Those on nodes to which nothing was done at that moment. */
    List<Call> elsewhere(Finding finding) {
        return found(finding).stream()
                .filter(call -> marks.stream().noneMatch(mark -> mark.covers(call)))
                .toList();
    }

    /** Every finding at all. */
    List<Call> all() {
        return findings.values().stream().flatMap(List::stream).toList();
    }

    /**
     * For how long after something was done to a node others failed to answer, in milliseconds; the longest of all marks.
     */
    double window() {
        return elsewhere(Finding.UNAVAILABLE_503).stream()
                .mapToDouble(call -> marks.stream()
                        .filter(mark -> mark.from() <= call.endedAt() && call.startedAt() <= mark.until())
                        .mapToDouble(mark -> (call.endedAt() - mark.from()) / NANOS_PER_MILLI)
                        .min()
                        .orElse(0))
                .max()
                .orElse(0);
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

    /** The findings with their numbers and the first few of each. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        findings.forEach((finding, found) -> {
            text.append("\n").append(finding).append(": ").append(found.size());
            found.stream().limit(EXAMPLES).forEach(call -> text.append("\n    ").append(call));
        });
        return text.append("\n").toString();
    }
}
