package dev.postern.it;

import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A user with several browsers, who signs in, comes back and perhaps signs out on any node until told to stop, and remembers what was
 * acknowledged. Requests without an answer, and those that are answered with 503, prove nothing.
 *
 * <p>It acts on one thread. What it remembers may be read meanwhile, and is changed by others only while that does not run.
 */
final class SteadyUser implements Runnable {

    private static final int PAUSE_MILLIS = 30;
    private static final int USES_BETWEEN_SIGN_INS = 12;
    private static final int USES_BETWEEN_SIGN_OUTS = 20;

    private final String name;
    private final List<URI> nodes;
    private final boolean isLeaving;
    private final Random random;
    private final List<Held> sessions = new CopyOnWriteArrayList<>();
    private final List<Browser> signedOut = new CopyOnWriteArrayList<>();
    private final List<String> wrong = new CopyOnWriteArrayList<>();
    private volatile boolean isEndOfNodes;
    private volatile boolean isStopping;

    /**
     * A session that the user has.
     *
     * @param since when its begin was acknowledged, in nanoseconds of the monotonic clock
     */
    record Held(Browser browser, long since) {}

    /** A user who signs out now and then, or never. */
    SteadyUser(String name, List<URI> nodes, boolean isLeaving, long seed) {
        this.isLeaving = isLeaving;
        this.name = name;
        this.nodes = nodes;
        this.random = new Random(seed);
    }

    /** From now on a server may answer that it has no application any more, or half of one. */
    void expectEndOfNodes() {
        isEndOfNodes = true;
    }

    /** Lets the thread come to its end soon. */
    void stop() {
        isStopping = true;
    }

    @Override
    public void run() {
        isStopping = false;
        isEndOfNodes = false;
        while (!isStopping) {
            try {
                act(nodes.get(random.nextInt(nodes.size())));
            } catch (Browser.NoAnswerError e) {
                Pause.ofMillis(PAUSE_MILLIS); // its node was stopped
            }
            Pause.ofMillis(PAUSE_MILLIS);
        }
    }

    private void act(URI node) {
        if (sessions.isEmpty() || random.nextInt(USES_BETWEEN_SIGN_INS) == 0) {
            signIn(node);
        } else if (isLeaving && random.nextInt(USES_BETWEEN_SIGN_OUTS) == 0) {
            signOut(node);
        } else {
            use(node);
        }
    }

    private void signIn(URI node) {
        Browser browser = new Browser();
        if (browser.signInOnce(node, name, name + "-pw").status() == 201) {
            sessions.add(new Held(browser, System.nanoTime()));
        }
    }

    private void use(URI node) {
        Reply reply = any().browser().get(node.resolve("guarded"));
        if (reply.status() == 200) {
            require(reply.body().equals("guarded for " + name), "another user", reply);
        } else {
            require(isNoVerdict(reply), "a session that lives was refused", reply);
        }
    }

    /** The session does not count any more unless its end is acknowledged. */
    private void signOut(URI node) {
        Held session = any();
        sessions.remove(session);
        Browser thief = session.browser().copy();
        Reply reply = session.browser().signOut(node);
        if (reply.status() == 204) {
            signedOut.add(thief);
        } else {
            require(isNoVerdict(reply), "a sign-out was refused", reply);
        }
    }

    private Held any() {
        return sessions.get(random.nextInt(sessions.size()));
    }

    /** Whether the answer says nothing about the session. Payara before 7.2026.2 may answer 403 by itself (L11). */
    private boolean isNoVerdict(Reply reply) {
        return reply.status() == 503
                || (reply.status() == 403 && Rig.hasGrid())
                || (isEndOfNodes && (reply.status() == 404 || reply.status() == 500));
    }

    private void require(boolean isSo, String otherwise, Reply reply) {
        if (!isSo) {
            wrong.add(otherwise + reply);
        }
    }

    String name() {
        return name;
    }

    /** What must not have happened, and did. */
    List<String> wrong() {
        return List.copyOf(wrong);
    }

    /** Copies of what this user's browsers had before a sign-out that was acknowledged. */
    List<Browser> signedOut() {
        return List.copyOf(signedOut);
    }

    /** The sessions that the user has, if no node lost one. */
    List<Held> sessions() {
        return List.copyOf(sessions);
    }

    /** Those whose begin was acknowledged until then, in nanoseconds of the monotonic clock. */
    List<Held> sessionsUntil(long nanos) {
        return sessions.stream().filter(session -> session.since() - nanos <= 0).toList();
    }

    /** Goes on with these sessions alone. */
    void goOnWith(Collection<Held> some) {
        sessions.retainAll(some);
        signedOut.clear();
    }
}
