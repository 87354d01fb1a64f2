package dev.postern.it.rig.node;

import dev.postern.it.Directories;
import dev.postern.it.Rig;
import dev.postern.it.Shell;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;

/**
 * GlassFish, each node with a domain of its own, whose directory is the node's. Its administration, which listens on the loopback
 * address alone, deploys the applications. What was deployed is there again when the node is started once more.
 */
final class GlassFishAppServer extends AppServer {

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** The line of a server that has started, its applications too. */
    private static final String STARTED = "NCLS-CORE-00017";

    private final URI applications;

    private GlassFishAppServer(AppServerSetUp setUp, List<String> command) {
        super(setUp, command);
        this.applications =
                URI.create("http://127.0.0.1:" + administration(setUp) + "/management/domain/applications/application");
    }

    static void layOut(AppServerSetUp setUp) throws IOException {
        Path directory = Directories.empty(setUp.directory());
        Directories.copy(home().resolve("domains/domain1"), directory);
        Files.createDirectories(directory.resolve("deployed"));
        int port = setUp.port();
        change(
                directory.resolve("config/domain.xml"),
                Map.of(
                        "<network-listener port=\"8080\"",
                        "<network-listener address=\"127.0.0.1\" port=\"" + port + "\"",
                        "<network-listener port=\"4848\"",
                        "<network-listener address=\"127.0.0.1\" port=\"" + administration(setUp) + "\"",
                        "<network-listener port=\"8181\"",
                        "<network-listener enabled=\"false\" port=\"8181\"",
                        "address=\"0.0.0.0\" port=\"3700\"",
                        "address=\"127.0.0.1\" port=\"" + (port + 2) + "\"",
                        "value=\"7676\"",
                        "value=\"" + (port + 3) + "\"",
                        "<jmx-connector auth-realm-name",
                        "<jmx-connector enabled=\"false\" auth-realm-name",
                        "-Dorg.glassfish.additionalOSGiBundlesToStart=org.apache.felix.shell,",
                        "-Dunused=",
                        "<jvm-options>-Xmx512m</jvm-options>",
                        ""));
        change(
                directory.resolve("config/logging.properties"),
                Map.of(
                        "GlassFishLogHandler.enabled=true", "GlassFishLogHandler.enabled=false",
                        "formatter.UniformLogFormatter", "formatter.OneLineFormatter"));
    }

    private static int administration(AppServerSetUp setUp) {
        return setUp.port() + 1;
    }

    private static Path home() {
        return Rig.path("it.home");
    }

    private static void change(Path file, Map<String, String> changes) throws IOException {
        String text = Files.readString(file);
        for (Map.Entry<String, String> change : changes.entrySet()) {
            if (!text.contains(change.getKey())) {
                throw new IllegalStateException("No " + change.getKey() + " in " + file);
            }
            text = text.replace(change.getKey(), change.getValue());
        }
        Files.writeString(file, text);
    }

    static GlassFishAppServer launched(AppServerSetUp setUp) {
        GlassFishAppServer server = new GlassFishAppServer(setUp, command(setUp));
        long began = server.began();
        server.await(() -> server.logSince(began).contains(STARTED));
        return server;
    }

    /** The words with which the server's own script would start it, and the rig's own for the JVM. */
    private static List<String> command(AppServerSetUp setUp) {
        List<String> lines = Shell.run(
                        ServerJdk.java(),
                        "-jar",
                        home().resolve("modules/admin-cli.jar").toString(),
                        "start-domain",
                        "--dry-run",
                        "--domaindir",
                        Rig.value("it.servers"),
                        setUp.directory().getFileName().toString())
                .lines()
                .toList();
        List<String> words = new ArrayList<>(java(setUp));
        words.addAll(lines.subList(2, lines.indexOf("")));
        return words;
    }

    @Override
    public boolean deploy(Archive<?> archive) {
        return deploy(archive, "");
    }

    @Override
    public boolean deployAtRoot(Archive<?> archive) {
        return deploy(archive, "&contextroot=" + encode("/"));
    }

    /** A WAR becomes a directory, which takes the server less time. */
    private boolean deploy(Archive<?> archive, String more) {
        Path file = directory().resolve("deployed").resolve(archive.getName());
        try {
            if (archive.getName().endsWith(".war")) {
                Directories.write(archive, file);
            } else {
                archive.as(ZipExporter.class).exportTo(file.toFile(), true);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(applications)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("id=" + encode(file.toString()) + more));
        return isDone(request);
    }

    @Override
    public void undeploy(Archive<?> archive) {
        String name = archive.getName().replaceFirst("\\.[a-z]+$", "");
        boolean unused = isDone(HttpRequest.newBuilder(URI.create(applications + "/" + encode(name)))
                .DELETE());
    }

    private static boolean isDone(HttpRequest.Builder request) {
        try {
            return CLIENT.send(
                                    request.header("X-Requested-By", "rig")
                                            .header("Accept", "application/json")
                                            .build(),
                                    BodyHandlers.ofString())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
