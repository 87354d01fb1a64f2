package dev.postern.it.faults;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Sends requests to nodes, and writes each of them down with its answer.
 *
 * <p>Safe for concurrent use.
 */
final class Wire {

    /** When a client gives up. The answer is written down all the same when it comes later. */
    static final Duration PATIENCE = Duration.ofSeconds(3);

    private final History history;
    private final AtomicInteger underWay = new AtomicInteger();

    Wire(History history) {
        this.history = history;
    }

    /** How many requests have no answer yet. */
    int underWay() {
        return underWay.get();
    }

    CompletableFuture<Answer> begin(NodeProcess node, String user) {
        return send(node, new Request(Request.Kind.BEGIN, node.name(), user, ""), user);
    }

    CompletableFuture<Answer> send(NodeProcess node, Request.Kind kind, Held held) {
        return send(node, new Request(kind, node.name(), held.user(), held.handle()), held.token());
    }

    /** Ends all sessions of a user, who has these; each of them is written down as ended by this request. */
    CompletableFuture<Answer> endAll(NodeProcess node, String user, List<Held> sessions) {
        long sentAt = history.now();
        return send(node, new Request(Request.Kind.END_ALL, node.name(), user, ""), user)
                .thenApply(answer -> {
                    long answeredAt = history.now();
                    sessions.stream()
                            .map(held -> new Request(Request.Kind.END, node.name(), user, held.handle()))
                            .forEach(end -> history.add(new Call(end, sentAt, answeredAt, answer)));
                    return answer;
                });
    }

    /** How long the map keeps the session's row. */
    CompletableFuture<Answer> life(NodeProcess node, Held held) {
        return send(
                node,
                new Request(Request.Kind.LIFE, node.name(), held.user(), held.handle()),
                held.user() + " " + held.handle());
    }

    private CompletableFuture<Answer> send(NodeProcess node, Request request, String argument) {
        long sentAt = history.now();
        underWay.incrementAndGet();
        return node.ask(request.kind() + " " + argument)
                .thenApply(answer -> written(new Call(request, sentAt, history.now(), answer)))
                .copy() // which alone is given up
                .completeOnTimeout(Answer.NONE, PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }

    private Answer written(Call call) {
        history.add(call);
        underWay.decrementAndGet();
        return call.answer();
    }
}
