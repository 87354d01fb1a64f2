package dev.postern.it.guest;

import dev.postern.it.Directories;
import dev.postern.it.Pause;
import dev.postern.it.Rig;
import dev.postern.it.guest.deployer.DeployServlet;
import dev.postern.testing.FreePorts;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** Payara Micro, with an application of the rig's that deploys the guests. */
final class PayaraForGuests extends GuestServer {

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final int port;

    private PayaraForGuests(Path directory, int port, List<String> command) {
        super(directory, command);
        this.port = port;
    }

    static PayaraForGuests started() {
        try {
            Path directory = Directories.empty(Rig.path("it.servers").resolve("payara-guests"));
            Path deployer = directory.resolve("deployer.war");
            ShrinkWrap.create(WebArchive.class, "deployer.war")
                    .addPackage(DeployServlet.class.getPackage())
                    .as(ZipExporter.class)
                    .exportTo(deployer.toFile(), true);
            int port = FreePorts.next();
            PayaraForGuests server = new PayaraForGuests(directory, port, command(directory, port, deployer));
            server.await(() -> server.isReady());
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> command(Path directory, int port, Path deployer) {
        int member = FreePorts.next();
        List<String> words = new ArrayList<>(java(directory));
        words.addAll(List.of("-jar", Rig.value("it.payara.jar")));
        words.addAll(List.of("--port", Integer.toString(port), "--name", "guests"));
        words.addAll(List.of(
                "--prebootcommandfile",
                Rig.path("it.test-classes").resolve("loopback.asadmin").toString()));
        words.addAll(List.of("--clustername", "postern-guests-" + port, "--clustermode", "tcpip:127.0.0.1:" + member));
        words.addAll(List.of("--startport", Integer.toString(member), "--interfaces", "127.0.0.1"));
        words.addAll(List.of("--nohostaware", "--disablephonehome"));
        words.addAll(List.of(
                "--systemproperties",
                Rig.serverConfig("payara/micro.properties").toString()));
        words.addAll(List.of("--deploy", deployer.toString()));
        return words;
    }

    private boolean isReady() {
        try {
            return send(HttpRequest.newBuilder(deployer(""))).statusCode() == 204;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    @Override
    URI root() {
        return URI.create("http://127.0.0.1:" + port + "/");
    }

    @Override
    boolean deploy(File archive) {
        int status = run(HttpRequest.newBuilder(deployer("?file=" + encode(archive.getPath())))
                .POST(BodyPublishers.noBody()));
        if (status != 200 && status != 409) {
            throw failed(status);
        }
        return status == 200;
    }

    @Override
    void undeploy(File archive) {
        String name = archive.getName().replaceFirst("\\.[a-z]+$", "");
        int unused =
                run(HttpRequest.newBuilder(deployer("?name=" + encode(name))).DELETE());
    }

    /** Begins a job, and waits for its end; answers the status then. */
    private int run(HttpRequest.Builder request) {
        HttpResponse<String> begun = send(request);
        if (begun.statusCode() != 202) {
            throw failed(begun.statusCode());
        }
        AtomicInteger status = new AtomicInteger(202);
        boolean unused = waitFor(() -> {
            Pause.ofMillis(100); // leaves the processors to the server
            status.set(send(HttpRequest.newBuilder(deployer("?job=" + begun.body())))
                    .statusCode());
            return status.get() != 202;
        });
        return status.get();
    }

    private IllegalStateException failed(int status) {
        return new IllegalStateException("The deployer answered " + status + "; see " + log(directory()));
    }

    private URI deployer(String query) {
        return root().resolve("deployer/" + query);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return CLIENT.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
