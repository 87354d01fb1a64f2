package dev.postern.it.rig.load;

import dev.postern.it.rig.client.Answer;
import dev.postern.it.rig.client.Held;
import dev.postern.it.rig.client.Page;
import dev.postern.it.rig.client.Request;
import dev.postern.it.rig.client.Request.Kind;
import dev.postern.it.rig.judge.History;
import dev.postern.it.rig.node.Node;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Sends requests to nodes, and writes each of them down with its answer. A client gives up when its patience has run out; the answer is
 * written down all the same when it comes later.
 *
 * <p>Safe for concurrent use.
 */
public final class Recorder {

    /** What the reason of an answer begins with where the rig itself found a fault: a secret in a page, for instance. */
    public static final String BROKEN = "broken: ";

    private final History history;
    private final Duration patience;
    private final AtomicInteger underWay = new AtomicInteger();

    public Recorder(History history, Duration patience) {
        this.history = history;
        this.patience = patience;
    }

    public Duration patience() {
        return patience;
    }

    /** How many requests have no answer yet. */
    public int underWay() {
        return underWay.get();
    }

    /** Signs the user in, over a session which that ends, or over none. */
    public CompletableFuture<Answer> begin(Node node, String user, Held former) {
        Request request = new Request(Kind.BEGIN, Page.SESSION, node.name(), user, former.handle());
        return send(node, request, former.token());
    }

    public CompletableFuture<Answer> begin(Node node, String user) {
        return begin(node, user, Held.NOTHING);
    }

    public CompletableFuture<Answer> send(Node node, Kind kind, Held held) {
        return send(node, Request.of(kind, node.name(), held), held.token());
    }

    /** Uses the session, or none, on that page. */
    public CompletableFuture<Answer> read(Node node, Page page, Held held) {
        return send(node, Request.of(page, node.name(), held), held.token());
    }

    /** Ends all sessions of a user, who has these; each of them is written down as ended by this request. */
    public CompletableFuture<Answer> endAll(Node node, String user, List<Held> sessions) {
        long sentAt = history.now();
        return send(node, Request.of(Kind.END_ALL, node.name(), new Held(user, "", "")), "")
                .thenApply(answer -> {
                    long answeredAt = history.now();
                    sessions.forEach(
                            held -> history.add(Request.of(Kind.END, node.name(), held), sentAt, answeredAt, answer));
                    return answer;
                });
    }

    private CompletableFuture<Answer> send(Node node, Request request, String token) {
        long sentAt = history.now();
        underWay.incrementAndGet();
        return node.send(request, token)
                .exceptionally(failure -> Answer.of(Answer.Outcome.FAILED, BROKEN + failure))
                .thenApply(answer -> {
                    history.add(request, sentAt, history.now(), answer);
                    underWay.decrementAndGet();
                    return answer;
                })
                .copy() // which alone is given up
                .completeOnTimeout(Answer.NONE, patience.toMillis(), TimeUnit.MILLISECONDS);
    }
}
