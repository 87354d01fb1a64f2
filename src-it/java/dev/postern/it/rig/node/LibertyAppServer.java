package dev.postern.it.rig.node;

import dev.postern.it.Directories;
import dev.postern.it.Rig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;

/**
 * Open Liberty, each node with a user directory of its own, and with {@code server-config/open-liberty/server.xml}. It looks often for
 * changes of its configuration, and an application is deployed by a file of it. What was deployed is there again when the node is
 * started once more.
 */
final class LibertyAppServer extends AppServer {

    private static final String SERVER = """
            <server>
              <include location="%s"/>
              <featureManager>
                <feature>mpJwt-2.1</feature>
              </featureManager>
              <httpEndpoint id="defaultHttpEndpoint" host="127.0.0.1" httpPort="%d" httpsPort="-1">
                <httpOptions noCacheCookiesControl="false"/>
              </httpEndpoint>
              <config updateTrigger="polled" monitorInterval="300ms"/>
              <applicationMonitor updateTrigger="disabled"/>
              <applicationManager startTimeout="240s" stopTimeout="60s"/>
              <logging traceSpecification="*=info:dev.postern.*=all" traceFileName="stdout" consoleLogLevel="INFO"/>
            </server>
            """;
    private static final String APPLICATION = """
            <server>
              <application id="%1$s" name="%1$s" location="%2$s"%3$s/>
            </server>
            """;

    private LibertyAppServer(AppServerSetUp setUp, List<String> command) {
        super(setUp, command);
    }

    static void layOut(AppServerSetUp setUp) throws IOException {
        Path directory = Directories.empty(setUp.directory());
        Files.createDirectories(directory.resolve("deployed"));
        Files.createDirectories(applications(directory));
        Files.writeString(
                directory.resolve("servers/node/server.xml"),
                SERVER.formatted(Rig.serverConfig("open-liberty/server.xml"), setUp.port()));
    }

    static LibertyAppServer launched(AppServerSetUp setUp) {
        LibertyAppServer server = new LibertyAppServer(setUp, command(setUp));
        server.await(server::isReady);
        return server;
    }

    private boolean isReady() {
        String log = logSince(began());
        try (Stream<Path> files = Files.list(applications(directory()))) {
            List<String> applications = files.map(
                            file -> file.getFileName().toString().replace(".xml", ""))
                    .toList();
            return log.contains("CWWKF0011I") && applications.stream().allMatch(name -> hasStarted(name, log));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The server reads the name of its user directory from the environment alone. */
    private static List<String> command(AppServerSetUp setUp) {
        Path home = Rig.path("it.home");
        Path tools = home.resolve("bin/tools");
        List<String> words = new ArrayList<>(List.of("env", "WLP_USER_DIR=" + setUp.directory()));
        words.addAll(java(setUp));
        words.addAll(opened(home.resolve("lib/platform/java/java9.options")));
        words.addAll(List.of(
                "-javaagent:" + tools.resolve("ws-javaagent.jar"),
                "-jar",
                tools.resolve("ws-server.jar").toString(),
                "node"));
        return words;
    }

    /** What the server's own start script opens to it. */
    private static List<String> opened(Path options) {
        try {
            return Files.readAllLines(options).stream()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean deploy(Archive<?> archive) {
        return deploy(archive, "");
    }

    @Override
    public boolean deployAtRoot(Archive<?> archive) {
        return deploy(archive, " context-root=\"/\"");
    }

    /** A WAR becomes a directory, which takes the server less time. */
    private boolean deploy(Archive<?> archive, String more) {
        String name = name(archive);
        long began = logged();
        Path file = directory().resolve("deployed").resolve(archive.getName());
        try {
            if (archive.getName().endsWith(".war")) {
                Directories.write(archive, file);
            } else {
                archive.as(ZipExporter.class).exportTo(file.toFile(), true);
            }
            Files.writeString(configuration(name), APPLICATION.formatted(name, file, more));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (!waitFor(() -> hasStarted(name, logSince(began)) || hasFailed(name, logSince(began)))) {
            throw new IllegalStateException("The server did not deploy " + archive.getName() + "; see " + log());
        }
        return hasStarted(name, logSince(began));
    }

    private static boolean hasStarted(String name, String log) {
        return log.contains("CWWKZ0001I: Application " + name + " started")
                || log.contains("CWWKZ0003I: The application " + name + " updated");
    }

    private static boolean hasFailed(String name, String log) {
        return log.lines()
                .anyMatch(line -> (line.contains("CWWKZ0002E") || line.contains("CWWKZ0004E"))
                        && line.contains(" " + name + "."));
    }

    @Override
    public void undeploy(Archive<?> archive) {
        String name = name(archive);
        long began = logged();
        try {
            if (Files.deleteIfExists(configuration(name)) && hasStarted(name, logSince(0))) {
                boolean unused =
                        waitFor(() -> logSince(began).contains("CWWKZ0009I: The application " + name + " has"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String name(Archive<?> archive) {
        return archive.getName().replaceFirst("\\.[a-z]+$", "");
    }

    private Path configuration(String name) {
        return applications(directory()).resolve(name + ".xml");
    }

    private static Path applications(Path directory) {
        return directory.resolve("servers/node/configDropins/overrides");
    }
}
