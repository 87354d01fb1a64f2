package dev.postern.it.guest;

import dev.postern.it.Directories;
import dev.postern.it.Rig;
import dev.postern.it.WildFlyHome;
import dev.postern.testing.FreePorts;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * WildFly, set up by {@code server-config/wildfly/postern.cli}, whose deployment scanner looks often. It has a second
 * application security domain, {@code strangers}, that nothing has set up.
 */
final class WildFlyForGuests extends GuestServer {

    /** The standard ports that must be free together, each so much higher. */
    private static final int[] STANDARD = {8080, 8443, 9990, 9993, 8009, 4712, 4713};

    private final int offset;

    private WildFlyForGuests(Path directory, int offset, List<String> command) {
        super(directory, command);
        this.offset = offset;
    }

    static WildFlyForGuests started() {
        try {
            Path directory = Directories.empty(Rig.path("it.servers").resolve("wildfly-guests"));
            Directories.copy(
                    Rig.path("it.servers").resolve("wildfly-cluster/configuration"),
                    directory.resolve("configuration"));
            Files.createDirectories(directory.resolve("deployments"));
            quicken(directory.resolve("configuration/standalone.xml"));
            addRealmUser(directory.resolve("configuration/application-users.properties"));
            int offset = FreePorts.offset(STANDARD);
            WildFlyForGuests server = new WildFlyForGuests(directory, offset, command(directory, offset));
            server.await(() -> server.logSince(0).contains("WFLYSRV0025"));
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void quicken(Path configuration) throws IOException {
        String text = Files.readString(configuration);
        String quick = text.replace("scan-interval=\"5000\"", "scan-interval=\"200\"");
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

    private static List<String> command(Path directory, int offset) {
        List<String> words = new ArrayList<>(java(directory));
        words.addAll(WildFlyHome.words(
                List.of(
                        "-Djboss.server.base.dir=" + directory,
                        "-Djboss.socket.binding.port-offset=" + offset,
                        "-Djboss.node.name=guests",
                        // a busy machine is no reason to take the application off
                        "-Djboss.as.management.blocking.timeout=900"),
                "org.jboss.as.standalone"));
        return words;
    }

    @Override
    URI root() {
        return URI.create("http://127.0.0.1:" + (8080 + offset) + "/");
    }

    @Override
    boolean deploy(File archive) {
        Path target = deployment(archive);
        try {
            Files.deleteIfExists(marker(target, "failed"));
            Files.deleteIfExists(marker(target, "undeployed"));
            Path part = target.resolveSibling(target.getFileName() + ".part");
            Files.copy(archive.toPath(), part, StandardCopyOption.REPLACE_EXISTING);
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (!waitFor(() -> Files.exists(marker(target, "deployed")) || Files.exists(marker(target, "failed")))) {
            throw new IllegalStateException("The server did not deploy " + archive + "; see " + log(directory()));
        }
        return Files.exists(marker(target, "deployed"));
    }

    @Override
    void undeploy(File archive) {
        Path target = deployment(archive);
        try {
            if (Files.deleteIfExists(marker(target, "deployed"))) {
                boolean unused = waitFor(() -> Files.exists(marker(target, "undeployed")));
            }
            Files.deleteIfExists(target);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path deployment(File archive) {
        return directory().resolve("deployments").resolve(archive.getName());
    }

    private static Path marker(Path deployment, String state) {
        return deployment.resolveSibling(deployment.getFileName() + "." + state);
    }
}
