package dev.postern.bench;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/**
 * All that was measured, by name: {@code Class.method}, and the values of its parameters.
 *
 * <p>For one thread.
 */
final class Figures {

    private static final String ALLOCATED = "gc.alloc.rate.norm";

    private final Map<String, List<Double>> values = new TreeMap<>();
    private final Map<String, Double> allocated = new TreeMap<>();

    /** The results of a round, beside those of the rounds before, under names that begin so. */
    void add(String beginning, Collection<RunResult> round) {
        for (RunResult result : round) {
            String name = beginning + name(result);
            Result<?> bytes = result.getSecondaryResults().get(ALLOCATED);
            if (bytes != null && !hasSetUpEachTime(name)) {
                allocated.put(name, bytes.getScore());
            }
            for (BenchmarkResult fork : result.getBenchmarkResults()) {
                fork.getIterationResults()
                        .forEach(iteration ->
                                add(name, iteration.getPrimaryResult().getScore()));
            }
        }
    }

    /** What is allocated then is mostly the set-up's. */
    private static boolean hasSetUpEachTime(String name) {
        return name.startsWith("AllOfUser.") || name.contains("ignOut") || name.endsWith(".restore");
    }

    void add(String name, double value) {
        values.computeIfAbsent(name, any -> new ArrayList<>()).add(value);
    }

    private static String name(RunResult result) {
        String benchmark = result.getParams().getBenchmark();
        String parameters = result.getParams().getParamsKeys().stream()
                .sorted()
                .map(key -> " " + result.getParams().getParam(key))
                .collect(Collectors.joining());
        return benchmark.substring(benchmark.lastIndexOf('.', benchmark.lastIndexOf('.') - 1) + 1) + parameters;
    }

    /** Nothing when it was not measured this time. */
    Optional<Figure> of(String name) {
        return Optional.ofNullable(values.get(name))
                .map(measured -> new Figure(measured, allocated.getOrDefault(name, -1.0)));
    }

    /** The names of all that was measured that begin so. */
    List<String> names(String beginning) {
        return values.keySet().stream()
                .filter(name -> name.startsWith(beginning))
                .toList();
    }
}
