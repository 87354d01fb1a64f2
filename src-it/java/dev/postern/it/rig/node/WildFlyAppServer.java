package dev.postern.it.rig.node;

import dev.postern.it.Directories;
import dev.postern.it.WildFlyHome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;

/**
 * WildFly, set up by {@code server-config/wildfly/postern.cli}, whose deployment scanner looks often. It has a second
 * application security domain, {@code strangers}, that nothing has set up. What was deployed is there again when the
 * node is started once more.
 */
final class WildFlyAppServer extends AppServer {

    private static final String ROOT = "ROOT.war";

    private WildFlyAppServer(AppServerSetUp setUp, List<String> command) {
        super(setUp, command);
    }

    static void layOut(AppServerSetUp setUp) throws IOException {
        Path directory = Directories.empty(setUp.directory());
        Path configuration = directory.resolve("configuration");
        WildFly.copyOfTheBuild(directory);
        Files.createDirectories(directory.resolve("deployments"));
        quicken(configuration.resolve("standalone.xml"));
        addRealmUser(configuration.resolve("application-users.properties"));
    }

    static WildFlyAppServer launched(AppServerSetUp setUp) {
        WildFlyAppServer server = new WildFlyAppServer(setUp, command(setUp));
        long began = server.began();
        server.await(() -> server.logSince(began).contains("WFLYSRV0025"));
        return server;
    }

    private static void quicken(Path configuration) throws IOException {
        String text = Files.readString(configuration);
        String quick = text.replace("scan-interval=\"5000\"", "scan-interval=\"200\" auto-deploy-zipped=\"false\"");
        String end = "</application-security-domains>";
        if (quick.equals(text) || !text.contains(end)) {
            throw new IllegalStateException(
                    "No scan-interval of 5000, or no application security domains in " + configuration);
        }
        String domain = "<application-security-domain name=\"strangers\" security-domain=\"ApplicationDomain\"/>";
        Files.writeString(configuration, quick.replace(end, domain + end));
    }

    /**
     * A user of the server's own realm, {@code realm-user} with the password {@code realm-pw}, of whom no guest has
     * heard.
     */
    private static void addRealmUser(Path users) throws IOException {
        try {
            byte[] digest = MessageDigest.getInstance("MD5")
                    .digest("realm-user:ApplicationRealm:realm-pw".getBytes(StandardCharsets.UTF_8));
            Files.writeString(
                    users, "\nrealm-user=" + HexFormat.of().formatHex(digest) + "\n", StandardOpenOption.APPEND);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> command(AppServerSetUp setUp) {
        List<String> words = new ArrayList<>(java(setUp));
        words.addAll(WildFlyHome.words(
                List.of(
                        "-Djboss.server.base.dir=" + setUp.directory(),
                        "-Djboss.socket.binding.port-offset=" + WildFly.offset(setUp.port()),
                        "-Djboss.node.name=" + setUp.name(),
                        // a busy machine is no reason to take the application off
                        "-Djboss.as.management.blocking.timeout=900"),
                "org.jboss.as.standalone"));
        return words;
    }

    @Override
    public boolean deploy(Archive<?> archive) {
        return deploy(archive, deployment(archive.getName()));
    }

    @Override
    public boolean deployAtRoot(Archive<?> archive) {
        return deploy(archive, deployment(ROOT));
    }

    /**
     * A WAR becomes a directory. To pack one that has Hazelcast, and for the server to copy and to unpack it, would take longer
     * than the rest.
     */
    private boolean deploy(Archive<?> archive, Path target) {
        try {
            Files.deleteIfExists(marker(target, "failed"));
            Files.deleteIfExists(marker(target, "undeployed"));
            if (archive.getName().endsWith(".war")) {
                Directories.write(archive, target);
            } else {
                archive.as(ZipExporter.class).exportTo(target.toFile(), true);
            }
            Files.createFile(marker(target, "dodeploy"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (!waitFor(() -> Files.exists(marker(target, "deployed")) || Files.exists(marker(target, "failed")))) {
            throw new IllegalStateException("The server did not deploy " + archive.getName() + "; see " + log());
        }
        return Files.exists(marker(target, "deployed"));
    }

    @Override
    public void undeploy(Archive<?> archive) {
        Path named = deployment(archive.getName());
        undeploy(Files.exists(named) ? named : deployment(ROOT));
    }

    private static void undeploy(Path target) {
        try {
            if (Files.deleteIfExists(marker(target, "deployed"))) {
                boolean unused = waitFor(() -> Files.exists(marker(target, "undeployed")));
            }
            Directories.remove(target);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path deployment(String name) {
        return directory().resolve("deployments").resolve(name);
    }

    private static Path marker(Path deployment, String state) {
        return deployment.resolveSibling(deployment.getFileName() + "." + state);
    }
}
