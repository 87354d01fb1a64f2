package dev.postern.it.rig.node;

import dev.postern.it.Directories;
import dev.postern.it.Rig;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;

/** Payara Micro, with an application of the rig's that deploys the others. */
final class PayaraAppServer extends AppServer {

    private static final String APPLICATIONS = "applications";

    private final PayaraDeployer deployer;

    private PayaraAppServer(AppServerSetUp setUp, List<String> command) {
        super(setUp, command);
        this.deployer = new PayaraDeployer(root());
    }

    static void layOut(AppServerSetUp setUp) throws IOException {
        Path directory = Directories.empty(setUp.directory());
        Files.createDirectories(directory.resolve(APPLICATIONS));
        PayaraDeployer.war().as(ZipExporter.class).exportTo(deployer(directory), true);
    }

    private static File deployer(Path directory) {
        return directory.resolve("deployer.war").toFile();
    }

    static PayaraAppServer launched(AppServerSetUp setUp) {
        PayaraAppServer server = new PayaraAppServer(setUp, command(setUp));
        server.await(server.deployer::isReady);
        return server;
    }

    private static List<String> command(AppServerSetUp setUp) {
        List<String> words = new ArrayList<>(java(setUp));
        words.addAll(List.of("-jar", Rig.value("it.payara.jar")));
        words.addAll(List.of("--port", Integer.toString(setUp.port()), "--name", setUp.name()));
        words.addAll(List.of(
                "--prebootcommandfile",
                Rig.path("it.test-classes").resolve("loopback.asadmin").toString()));
        words.addAll(setUp.grid());
        words.add("--disablephonehome");
        words.addAll(List.of("--deploy", deployer(setUp.directory()).toString()));
        return words;
    }

    @Override
    public boolean deploy(Archive<?> archive) {
        return deployer.deploy(written(archive));
    }

    @Override
    public boolean deployAtRoot(Archive<?> archive) {
        return deployer.deployAtRoot(written(archive));
    }

    private File written(Archive<?> archive) {
        File file = file(archive);
        archive.as(ZipExporter.class).exportTo(file, true);
        return file;
    }

    @Override
    public void undeploy(Archive<?> archive) {
        deployer.undeploy(file(archive));
    }

    private File file(Archive<?> archive) {
        return directory().resolve(APPLICATIONS).resolve(archive.getName()).toFile();
    }
}
