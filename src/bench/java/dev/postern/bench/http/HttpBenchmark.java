package dev.postern.bench.http;

import dev.postern.it.Rig;
import dev.postern.it.rig.node.Server;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Runs the benchmark as the build says, and writes {@code report.md}. It fails when any answer is wrong; figures make nothing fail.
 *
 * <p>For one thread.
 */
public final class HttpBenchmark {

    private HttpBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        Path directory = Files.createDirectories(Rig.path("bench.http.report"));
        BenchPlan plan = BenchPlan.ofTheBuild();
        BenchReport report = new BenchReport(directory, plan);
        Keys keys = new Keys();
        for (String server : words("bench.http.servers")) {
            System.setProperty("it.server", server); // the rig's nodes ask which it is
            for (String nodes : words("bench.http.nodes")) {
                Server kind = new BenchServers(directory, keys).of(server, Integer.parseInt(nodes));
                for (Comparison outcome : new ServerRun(kind, plan).run(keys)) {
                    report.add(outcome);
                }
            }
        }
        System.out.println("The report is " + directory.resolve("report.md"));
    }

    private static List<String> words(String property) {
        return List.of(Rig.value(property).split(",", -1));
    }
}
