package dev.postern.it.rig.load;

import dev.postern.it.Pause;
import dev.postern.it.rig.client.Answer;
import dev.postern.it.rig.client.Held;
import dev.postern.it.rig.client.Request;
import dev.postern.it.rig.node.Cluster;
import dev.postern.it.rig.node.Node;
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
public final class Audit {

    private static final int AT_ONCE = 64;
    private static final int TRIES = 10;
    private static final int MILLIS_BETWEEN_TRIES = 200;

    private final Cluster cluster;
    private final Recorder recorder;
    private final Semaphore free = new Semaphore(AT_ONCE);
    private int unanswered;

    private record Question(Node node, Held held) {}

    public Audit(Cluster cluster, Recorder recorder) {
        this.cluster = cluster;
        this.recorder = recorder;
    }

    /** How many questions the grid did not answer, however often they were asked. */
    public int unanswered() {
        return unanswered;
    }

    public void look(List<Held> sessions) {
        List<Question> questions = cluster.nodes().stream()
                .filter(Node::isAlive)
                .flatMap(node -> sessions.stream().map(held -> new Question(node, held)))
                .toList();
        for (int tries = 0; tries < TRIES && !questions.isEmpty(); tries++) {
            Pause.ofMillis(tries == 0 ? 0 : MILLIS_BETWEEN_TRIES);
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
            pending.add(recorder.send(question.node, Request.Kind.LOOK, question.held)
                    .whenComplete((answer, failure) -> {
                        if (isNoAnswer(answer)) {
                            left.add(question);
                        }
                        free.release();
                    }));
        }
        pending.forEach(CompletableFuture::join);
        return List.copyOf(left);
    }

    private static boolean isNoAnswer(Answer answer) {
        return !answer.is(Answer.Outcome.LIVE) && !answer.is(Answer.Outcome.REFUSED);
    }
}
