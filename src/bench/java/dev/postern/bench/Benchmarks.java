package dev.postern.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs all benchmarks and writes the report; with {@code smoke}, a few of each kind for a moment, to see that they run. What is
 * compared is measured in turn, in several rounds, because a machine is not equally fast all the time.
 */
final class Benchmarks {

    private static final String CHECKS = "\\.(OneMember|LocalOwner|RemoteOwner|Forged|Jwt|Lifecycle)\\.";
    private static final String WIDE = "\\.(OneMember|RemoteOwner)\\.(strict|rawGet)$";
    private static final String THREADS = "\\.(OneMember\\.leased|Jwt\\.(rs256|hs256))$";
    private static final String DATABASE = "\\.BesideDatabase\\.";
    private static final String OF_USERS = "\\.AllOfUser\\.";
    private static final String CROWDS = "\\.Crowd\\.";
    private static final String SMOKE =
            "\\.(OneMember\\.(strict|leased|rawGet|springPerRequest)|Forged|Jwt.(hs256|smallRyeRs256)|Lifecycle.(renew|compareAndSet|leasedSignOut)|Crowd.strict|BesideDatabase.(check|springSignIn|restore))";

    /** Hazelcast completes answers in the common pool where that has threads, which it has from three processors on. */
    private static final String COMMON_POOL = "-Djava.util.concurrent.ForkJoinPool.common.parallelism=2";

    private static final int HEAP_SESSIONS = 100_000;

    private final Path directory;
    private final boolean isSmoke;
    private final Figures figures = new Figures();

    private Benchmarks(Path directory, boolean isSmoke) {
        this.directory = directory;
        this.isSmoke = isSmoke;
    }

    public static void main(String[] args) throws IOException, RunnerException, InterruptedException {
        boolean isSmoke = args[1].equals("smoke");
        Benchmarks benchmarks = new Benchmarks(Files.createDirectories(Path.of(args[0])), isSmoke);
        if (isSmoke) {
            benchmarks.smoke();
        } else {
            benchmarks.all(Integer.parseInt(args[1]));
        }
    }

    private void all(int rounds) throws IOException, RunnerException, InterruptedException {
        heap(HEAP_SESSIONS);
        for (int round = 1; round <= rounds; round++) {
            run("", "checks-" + round, timed(CHECKS));
            run("Threads.", "threads-" + round, timed(THREADS).threads(Threads.MAX));
            run("", "database-" + round, timed(DATABASE));
            run("Wide.", "wide-" + round, timed(WIDE).jvmArgsAppend(COMMON_POOL));
        }
        run("", "users", options(OF_USERS));
        run("", "crowds", timed(CROWDS));
    }

    private void smoke() throws IOException, RunnerException, InterruptedException {
        heap(100);
        run(
                "",
                "smoke",
                timed(SMOKE)
                        .verbosity(VerboseMode.SILENT)
                        .warmupIterations(0)
                        .measurementIterations(1)
                        .measurementTime(TimeValue.milliseconds(50))
                        .param("members", "1")
                        .param("crowd", "1 x 1000"));
        run(
                "",
                "smoke-users",
                options("\\.AllOfUser\\.revoke$")
                        .verbosity(VerboseMode.SILENT)
                        .warmupIterations(0)
                        .measurementIterations(1)
                        .param("sessions", "10"));
    }

    private static ChainedOptionsBuilder timed(String which) {
        return options(which)
                .mode(Mode.AverageTime)
                .timeUnit(TimeUnit.MICROSECONDS)
                .warmupIterations(3)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(5)
                .measurementTime(TimeValue.seconds(1));
    }

    private static ChainedOptionsBuilder options(String which) {
        return new OptionsBuilder()
                .include(which)
                .forks(1)
                .shouldFailOnError(true)
                .addProfiler(GCProfiler.class)
                .jvmArgs("-Xms1g", "-Xmx4g", "-Djava.net.preferIPv4Stack=true", hazelcast());
    }

    private static String hazelcast() {
        return "-Dbench.hazelcast=" + System.getProperty("bench.hazelcast", "src/bench/hazelcast.xml");
    }

    /** Writes the report each time, so that a later part that fails takes nothing away. */
    private void run(String beginning, String name, ChainedOptionsBuilder options) throws IOException, RunnerException {
        figures.add(
                beginning,
                new Runner(options.resultFormat(ResultFormatType.JSON)
                                .result(directory.resolve(name + ".json").toString())
                                .build())
                        .run());
        new Report(figures, isSmoke, directory).write();
    }

    /** In a JVM whose collector leaves nothing between what lives. */
    private void heap(int sessions) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx3g",
                "-XX:+UseSerialGC",
                "-XX:MarkSweepDeadRatio=0",
                "-Djava.net.preferIPv4Stack=true",
                hazelcast(),
                "-cp",
                System.getProperty("java.class.path"),
                HeapUse.class.getName(),
                Integer.toString(sessions)));
        Process process =
                new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                int tab = line.indexOf('\t');
                figures.add("Heap." + line.substring(0, tab), Double.parseDouble(line.substring(tab + 1)));
            }
        }
        if (process.waitFor() != 0) {
            throw new IllegalStateException("The heap was not measured.");
        }
    }
}
