package dev.postern.it.rig.node;

import dev.postern.it.Discretion;
import dev.postern.it.Pause;
import dev.postern.it.rig.client.Answer;
import dev.postern.it.rig.client.Answer.Outcome;
import dev.postern.it.rig.client.Connection;
import dev.postern.it.rig.client.Held;
import dev.postern.it.rig.client.NamedCaller;
import dev.postern.it.rig.client.Request;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server from the outside. What a load balancer does, its clients do: a node that did not answer is left alone for a moment, and one that
 * has as many requests as threads gets no more, because they would only wait in its queue.
 *
 * <p>Safe for concurrent use.
 */
public final class HttpNode extends Node {

    private static final long NANOS_APART = 250_000_000;
    private static final int MILLIS_TO_ANSWER = 15_000;
    /** A few less than WildFly has threads where it sees two processors. */
    private static final int AT_ONCE = 28;

    private static final int MILLIS_BETWEEN_LOOKS = 100;
    private static final String SAME_SITE = "Sec-Fetch-Site: same-origin";
    private static final String COOKIE = "__Host-postern=";

    private final Server server;
    private final int number;
    private final Executor callers;
    private final Queue<Connection> idle = new ConcurrentLinkedQueue<>();
    private final AtomicInteger underWay = new AtomicInteger();
    private volatile boolean isServing;
    private volatile long failedAt = System.nanoTime() - NANOS_APART;

    /** The callers wait for the answers. */
    HttpNode(String name, Process process, Server server, Executor callers) {
        super(name, process);
        this.server = server;
        this.number = Cluster.NODES.indexOf(name);
        this.callers = callers;
        daemon("watches " + name, this::watch);
    }

    /** Until the application answers: Postern refuses a client without a session. */
    private void watch() {
        while (isAlive() && !isServing) {
            isServing = isRefusing();
            Pause.ofMillis(MILLIS_BETWEEN_LOOKS);
        }
    }

    private boolean isRefusing() {
        return ask(Request.of(Request.Kind.LOOK, name(), Held.NOTHING), "")
                .reason()
                .equals("401");
    }

    @Override
    public void kill() {
        super.kill();
        idle.forEach(HttpNode::close);
        idle.clear();
    }

    @Override
    boolean isAmong(int wanted) {
        return isAlive() && isServing;
    }

    @Override
    boolean isOpen() {
        return underWay.get() < AT_ONCE && System.nanoTime() - failedAt >= NANOS_APART;
    }

    /** Takes the application off and deploys it again, while the server stays up; returns when it has begun to serve. */
    public void redeploy() throws IOException {
        server.redeploy(number);
        isServing = false;
        watch();
    }

    @Override
    public CompletableFuture<Answer> send(Request request, String token) {
        underWay.incrementAndGet();
        return CompletableFuture.supplyAsync(() -> answer(request, token), callers)
                .whenComplete((answer, failure) -> underWay.decrementAndGet());
    }

    private Answer answer(Request request, String token) {
        Answer answer = ask(request, token);
        if (answer.is(Outcome.NONE)) {
            failedAt = System.nanoTime();
        }
        return answer;
    }

    private Answer ask(Request request, String token) {
        Optional<Connection> connection = Optional.empty();
        try {
            connection = Optional.of(connection());
            connection.get().ask(bytes(request, token));
            Answer answer = read(request, connection.get());
            idle.add(connection.get());
            return answer;
        } catch (IOException e) {
            connection.ifPresent(HttpNode::close);
            return Answer.NONE;
        }
    }

    private Connection connection() throws IOException {
        for (Connection next = idle.poll(); next != null; next = idle.poll()) {
            if (next.isOpen()) {
                return next;
            }
            close(next);
        }
        return new Connection(server.port(number), MILLIS_TO_ANSWER);
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (IOException e) {
            System.getLogger(HttpNode.class.getName()).log(System.Logger.Level.DEBUG, "A connection is gone.", e);
        }
    }

    private static byte[] bytes(Request request, String token) {
        List<String> headers = new ArrayList<>(List.of(SAME_SITE));
        if (!token.isEmpty()) {
            headers.add("Cookie: " + token);
        }
        String user = request.user();
        return Connection.request(
                request.method(), request.page().path(), headers, "username=" + user + "&password=" + user + "-pw");
    }

    private static Answer read(Request request, Connection connection) {
        String body = connection.body();
        List<String> cookies = connection.headers("set-cookie");
        cookies.forEach(Discretion::cookie);
        Discretion.check("The body of an answer", body);
        String token = cookies.stream()
                .map(cookie -> cookie.split(";", 2)[0])
                .filter(cookie -> cookie.startsWith(COOKIE) && !cookie.equals(COOKIE))
                .findFirst()
                .orElse("");
        int status = connection.status();
        NamedCaller caller = NamedCaller.in(body);
        return status == request.status() ? served(request, caller, token) : refused(request, status, caller, token);
    }

    private static Answer served(Request request, NamedCaller caller, String token) {
        if (request.kind() == Request.Kind.END) {
            return new Answer(Outcome.ENDED, "", NamedCaller.UNSAID, token);
        }
        if (caller.equals(NamedCaller.NOBODY)) {
            return new Answer(Outcome.REFUSED, "anonymous", caller, token);
        }
        return caller.equals(NamedCaller.UNSAID)
                ? new Answer(Outcome.FAILED, "names no caller", caller, token)
                : new Answer(Outcome.LIVE, "", caller, token);
    }

    private static Answer refused(Request request, int status, NamedCaller caller, String token) {
        Outcome outcome = switch (status) {
            case 401, 403 -> Outcome.REFUSED;
            case 503 -> Outcome.UNAVAILABLE;
            case 429 -> // too many passwords are being checked
                request.kind() == Request.Kind.BEGIN ? Outcome.UNAVAILABLE : Outcome.FAILED;
            default -> Outcome.FAILED;
        };
        return new Answer(outcome, Integer.toString(status), caller, token);
    }
}
