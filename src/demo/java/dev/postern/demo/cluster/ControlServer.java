package dev.postern.demo.cluster;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The launcher's port for the page: {@code GET /nodes} says what the nodes are doing, and {@code POST /nodes/1/kill},
 * {@code freeze}, {@code thaw} and {@code start} change it. It listens on a free port of the loopback address, and
 * obeys the pages that {@link ControlGate} admits. Safe for concurrent use.
 */
final class ControlServer {

    static final String TOKEN_HEADER = "X-Demo-Token";

    private static final Pattern ACTION = Pattern.compile("/nodes/(\\d)/(\\w+)");

    /** Carries out an action; throws a {@link DemoException} where the node is in the wrong state. */
    interface Actions {
        void carryOut(DemoNode node, String action) throws IOException, InterruptedException;
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(ControlServer::daemon);
    private final String token;

    private ControlServer(HttpServer server, String token) {
        this.server = server;
        this.token = token;
    }

    /** Opens the port, on which nothing answers before {@link #serve}. */
    static ControlServer open() throws IOException {
        InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        return new ControlServer(HttpServer.create(new InetSocketAddress(loopback, 0), 0), Secrets.random());
    }

    String url() {
        return "http://" + host();
    }

    String token() {
        return token;
    }

    /** Answers requests of pages from these origins. */
    void serve(List<DemoNode> nodes, List<String> origins, Actions actions) {
        ControlGate gate = new ControlGate(host(), origins, token);
        server.createContext("/nodes", exchange -> answer(exchange, gate, nodes, actions));
        server.setExecutor(threads);
        server.start();
    }

    void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    private String host() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    private static void answer(HttpExchange exchange, ControlGate gate, List<DemoNode> nodes, Actions actions)
            throws IOException {
        try (exchange) {
            Headers request = exchange.getRequestHeaders();
            String host = request.getFirst("Host");
            String origin = request.getFirst("Origin");
            if (!gate.isFromAPage(host, origin)) {
                send(exchange, 403, "{\"detail\":\"Only pages of the demo may control its nodes.\"}");
                return;
            }
            Headers response = exchange.getResponseHeaders();
            response.set("Access-Control-Allow-Origin", origin);
            response.set("Vary", "Origin");
            if (exchange.getRequestMethod().equals("OPTIONS")) {
                response.set("Access-Control-Allow-Methods", "GET, POST");
                response.set("Access-Control-Allow-Headers", TOKEN_HEADER);
                exchange.sendResponseHeaders(204, -1);
            } else if (!gate.admits(host, origin, request.getFirst(TOKEN_HEADER))) {
                send(exchange, 403, "{\"detail\":\"The token is not that of this run. Load the page again.\"}");
            } else {
                answerAdmitted(exchange, nodes, actions);
            }
        }
    }

    private static void answerAdmitted(HttpExchange exchange, List<DemoNode> nodes, Actions actions)
            throws IOException {
        String path = exchange.getRequestURI().getPath();
        String method = exchange.getRequestMethod();
        Matcher action = ACTION.matcher(path);
        if (method.equals("GET") && path.equals("/nodes")) {
            send(exchange, 200, json(nodes));
        } else if (method.equals("POST") && action.matches()) {
            act(exchange, nodes, actions, action.group(1), action.group(2));
        } else {
            send(exchange, 404, "{\"detail\":\"There is nothing here.\"}");
        }
    }

    private static void act(HttpExchange exchange, List<DemoNode> nodes, Actions actions, String number, String action)
            throws IOException {
        DemoNode node = nodes.stream()
                .filter(each -> Integer.toString(each.number()).equals(number))
                .findFirst()
                .orElse(null);
        if (node == null) {
            send(exchange, 404, "{\"detail\":\"There is no such node.\"}");
            return;
        }
        try {
            actions.carryOut(node, action);
            send(exchange, 200, json(nodes));
        } catch (DemoException e) {
            send(exchange, 409, "{\"detail\":\"Not done: " + e.sentence().replace('"', '\'') + ".\"}");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            send(exchange, 503, "{\"detail\":\"The demo is stopping.\"}");
        }
    }

    /** What the nodes are doing, as the page reads it. */
    static String json(List<DemoNode> nodes) {
        return nodes.stream()
                .map(node -> "{\"number\":%d,\"port\":%d,\"state\":\"%s\",\"pid\":%d}"
                        .formatted(node.number(), node.port(), node.state().word(), node.pid()))
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static void send(HttpExchange exchange, int status, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "demo-control");
        thread.setDaemon(true);
        return thread;
    }
}
