package dev.postern.demo.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * WildFly, set up offline by {@code server-config/wildfly/postern.cli}. Each node has a base directory of its own.
 * Immutable.
 *
 * @param home the server
 */
record WildFlyNodeServer(Path home) implements NodeServer {

    private static final int STANDARD_HTTP = 8080;

    /** What the server's own start script opens to it. */
    private static final List<String> OPENED = List.of(
            "java.base/java.io",
            "java.base/java.lang",
            "java.base/java.lang.invoke",
            "java.base/java.lang.reflect",
            "java.base/java.net",
            "java.base/java.security",
            "java.base/java.util",
            "java.base/java.util.concurrent",
            "java.management/javax.management",
            "java.naming/javax.naming");

    @Override
    public int gridStep() {
        // the two ports above each are for further applications of the server
        return 3;
    }

    @Override
    public String startedMarker() {
        return "services are lazy, passive or on-demand";
    }

    @Override
    public void prepare(DemoRun run) throws IOException, InterruptedException {
        Path configured = run.nodeDirectory(1);
        copy(home.resolve("standalone/configuration"), configured.resolve("configuration"));
        configure(run, configured);
        copy(configured.resolve("configuration"), run.nodeDirectory(2).resolve("configuration"));
        for (int number : List.of(1, 2)) {
            Path deployments = Files.createDirectories(run.nodeDirectory(number).resolve("deployments"));
            Files.copy(run.application(), deployments.resolve("ROOT.war"));
        }
    }

    @Override
    public List<String> command(DemoRun run, int number) {
        List<String> words = new ArrayList<>();
        OPENED.forEach(opened -> words.add("--add-opens=" + opened + "=ALL-UNNAMED"));
        words.addAll(List.of(
                "--add-exports=java.desktop/sun.awt=ALL-UNNAMED",
                "--add-exports=java.naming/com.sun.jndi.ldap=ALL-UNNAMED",
                "-Djboss.home.dir=" + home,
                "-Djboss.server.base.dir=" + run.nodeDirectory(number),
                "-Djboss.socket.binding.port-offset=" + (run.port(number) - STANDARD_HTTP),
                "-Djboss.node.name=node-" + number,
                // a busy machine is no reason to remove the application
                "-Djboss.as.management.blocking.timeout=900",
                "-Dpostern.cache.members=" + DemoPorts.listed(run.ports().grid(), "127.0.0.1:"),
                "-jar",
                home.resolve("jboss-modules.jar").toString(),
                "-mp",
                home.resolve("modules").toString(),
                "org.jboss.as.standalone"));
        return words;
    }

    private void configure(DemoRun run, Path base) throws IOException, InterruptedException {
        Path script = run.directory().resolve("offline.cli");
        Path log = run.directory().resolve("offline-cli.log");
        Files.writeString(
                script,
                "embed-server --server-config=standalone.xml\n"
                        + Files.readString(run.serverConfig().resolve("wildfly/postern.cli")));
        ProcessBuilder cli = new ProcessBuilder(
                        DemoNode.java(),
                        "-Djboss.cli.config=" + home.resolve("bin/jboss-cli.xml"),
                        "-Djboss.server.base.dir=" + base,
                        "-jar",
                        home.resolve("jboss-modules.jar").toString(),
                        "-mp",
                        home.resolve("modules").toString(),
                        "org.jboss.as.cli",
                        "--file=" + script)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        cli.environment().put("JBOSS_HOME", home.toString());
        if (cli.start().waitFor() != 0) {
            throw new DemoException("WildFly could not be configured; see " + log);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }
}
