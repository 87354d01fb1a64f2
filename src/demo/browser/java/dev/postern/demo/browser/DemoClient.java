package dev.postern.demo.browser;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A user of the demo without a browser, who keeps the cookie, and presses its buttons. For one thread. */
final class DemoClient {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private String cookie = "none=";

    /** Signs in on a node, and returns the status. */
    int signIn(int node, String user) throws IOException, InterruptedException {
        return send(page(node, "postern/session")
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString("username=" + user + "&password=" + user + "-demo")))
                .statusCode();
    }

    /** Signs out on a node, and returns the status. */
    int signOut(int node) throws IOException, InterruptedException {
        String before = cookie;
        int status = send(page(node, "postern/session").DELETE()).statusCode();
        cookie = before; // as a thief keeps it
        return status;
    }

    /** What a node knows of the user, in JSON. */
    String me(int node) throws IOException, InterruptedException {
        return send(page(node, "api/me").GET()).body();
    }

    /** Kills or starts a node, by the launcher, and returns what all nodes are doing then, in JSON. */
    String carryOut(Launcher launcher, int node, String action) throws IOException, InterruptedException {
        HttpRequest.Builder request = request(launcher.address() + "/nodes/" + node + "/" + action)
                .header("X-Demo-Token", launcher.token())
                .POST(BodyPublishers.noBody());
        return send(request).body();
    }

    /** What all nodes are doing, in JSON. */
    String nodes(Launcher launcher) throws IOException, InterruptedException {
        return send(request(launcher.address() + "/nodes")
                        .header("X-Demo-Token", launcher.token())
                        .GET())
                .body();
    }

    /** How a page reaches the launcher, as a node tells it. */
    Launcher launcher() throws IOException, InterruptedException {
        String nodes = send(page(1, "api/nodes").GET()).body();
        return new Launcher(text(nodes, "control"), text(nodes, "controlToken"));
    }

    /** How a page reaches the launcher. Immutable. */
    record Launcher(String address, String token) {}

    private static String text(String json, String name) {
        Matcher found = Pattern.compile("\"" + name + "\":\"([^\"]+)\"").matcher(json);
        if (!found.find()) {
            throw new IllegalStateException("No " + name + " in " + json);
        }
        return found.group(1);
    }

    private static HttpRequest.Builder page(int node, String path) {
        return request(RunningDemo.page(node) + path);
    }

    private static HttpRequest.Builder request(String uri) {
        String origin = RunningDemo.page(1).replaceFirst("/$", "");
        return HttpRequest.newBuilder(URI.create(uri)).timeout(PATIENCE).header("Origin", origin);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> response =
                HTTP.send(request.header("Cookie", cookie).build(), BodyHandlers.ofString());
        response.headers().allValues("Set-Cookie").forEach(set -> cookie = set.split(";", 2)[0]);
        return response;
    }
}
