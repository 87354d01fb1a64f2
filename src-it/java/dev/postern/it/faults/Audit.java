package dev.postern.it.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;

/**
 * A look at sessions on every node, without extending or renewing them, after all is well again. What the grid does not answer is asked again.
 *
 * <p>For one thread.
 */
final class Audit {

    private static final int AT_ONCE = 64;
    private static final int TRIES = 5;

    private final Cluster cluster;
    private final Wire wire;
    private final Semaphore free = new Semaphore(AT_ONCE);
    private int unanswered;

    private record Question(NodeProcess node, Held held) {

        private CompletableFuture<Answer> ask(Wire wire) {
            return wire.send(node, Request.Kind.LOOK, held);
        }
    }

    Audit(Cluster cluster, Wire wire) {
        this.cluster = cluster;
        this.wire = wire;
    }

    /** How many questions the grid did not answer, however often they were asked. */
    int unanswered() {
        return unanswered;
    }

    void look(List<Held> sessions) {
        List<Question> questions = cluster.nodes().stream()
                .filter(NodeProcess::isAlive)
                .flatMap(node -> sessions.stream().map(held -> new Question(node, held)))
                .toList();
        for (int tries = 0; tries < TRIES && !questions.isEmpty(); tries++) {
            questions = ask(questions);
        }
        unanswered += questions.size();
    }

    /** Those that were not answered. */
    private List<Question> ask(List<Question> questions) {
        Queue<Question> left = new ConcurrentLinkedQueue<>();
        List<CompletableFuture<Answer>> pending = new ArrayList<>();
        for (Question question : questions) {
            free.acquireUninterruptibly();
            pending.add(question.ask(wire).whenComplete((answer, failure) -> {
                if (answer.is(Answer.Outcome.UNAVAILABLE) || answer.is(Answer.Outcome.NONE)) {
                    left.add(question);
                }
                free.release();
            }));
        }
        pending.forEach(CompletableFuture::join);
        return List.copyOf(left);
    }
}
