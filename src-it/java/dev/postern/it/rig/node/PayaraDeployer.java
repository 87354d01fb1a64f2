package dev.postern.it.rig.node;

import dev.postern.it.Poll;
import dev.postern.it.rig.deployer.DeployServlet;
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
import java.time.Duration;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/**
 * Deploys applications on a node of Payara Micro, by an application there.
 *
 * <p>Immutable.
 *
 * @param root where the node answers; ends with a slash
 */
record PayaraDeployer(URI root) {

    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** The application that the node must have. */
    static WebArchive war() {
        return ShrinkWrap.create(WebArchive.class, "deployer.war").addPackage(DeployServlet.class.getPackage());
    }

    boolean isReady() {
        try {
            return send(HttpRequest.newBuilder(uri(""))).statusCode() == 204;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    /** At the path that the name of the archive gives. False when the server refuses it. */
    boolean deploy(File archive) {
        return isDone("?file=" + encode(archive.getPath()));
    }

    /** At the root of the server. */
    boolean deployAtRoot(File archive) {
        return isDone("?file=" + encode(archive.getPath()) + "&context=" + encode("/"));
    }

    void undeploy(File archive) {
        String name = archive.getName().replaceFirst("\\.[a-z]+$", "");
        int unused = run(HttpRequest.newBuilder(uri("?name=" + encode(name))).DELETE());
    }

    private boolean isDone(String query) {
        int status = run(HttpRequest.newBuilder(uri(query)).POST(BodyPublishers.noBody()));
        if (status != 200 && status != 409) {
            throw failed(status);
        }
        return status == 200;
    }

    /** Begins a job, and waits for its end; answers the status then. */
    private int run(HttpRequest.Builder request) {
        HttpResponse<String> begun = send(request);
        if (begun.statusCode() != 202) {
            throw failed(begun.statusCode());
        }
        HttpRequest.Builder job = HttpRequest.newBuilder(uri("?job=" + begun.body()));
        return Poll.untilEnough(PATIENCE, () -> send(job).statusCode(), status -> status != 202);
    }

    private IllegalStateException failed(int status) {
        return new IllegalStateException("The deployer at " + root + " answered " + status + "; see the node's log.");
    }

    private URI uri(String query) {
        return root.resolve("deployer/" + query);
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
