package dev.postern.it.faults;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Sends requests to nodes, and writes each of them down with its answer.
 *
 * <p>Safe for concurrent use.
 */
record Wire(History history) {

    /** When a client gives up. The answer is written down all the same if it comes later. */
    private static final long PATIENCE_SECONDS = 3;

    CompletableFuture<Answer> begin(NodeProcess node, String user) {
        return send(node, new Request(Request.Kind.BEGIN, node.name(), user, ""), user);
    }

    CompletableFuture<Answer> send(NodeProcess node, Request.Kind kind, Held held) {
        return send(node, new Request(kind, node.name(), held.user(), held.handle()), held.token());
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
        return node.ask(request.kind() + " " + argument)
                .thenApply(answer -> written(new Call(request, sentAt, history.now(), answer)))
                .completeOnTimeout(Answer.NONE, PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private Answer written(Call call) {
        history.add(call);
        return call.answer();
    }
}
