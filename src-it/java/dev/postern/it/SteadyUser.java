package dev.postern.it;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A user who signs in, comes back and perhaps signs out on any node until told to stop, and remembers what was acknowledged. Requests
 * without an answer, and those that are answered with 503, prove nothing.
 *
 * <p>For one thread; what it remembers is read when that has ended.
 */
final class SteadyUser implements Runnable {

    private static final int PAUSE_MILLIS = 30;
    private static final int USES_OF_A_SESSION = 25;

    private final String name;
    private final List<URI> nodes;
    private final boolean isLeaving;
    private final Random random;
    private final List<Browser> signedOut = new ArrayList<>();
    private final List<String> wrong = new ArrayList<>();
    private Browser browser = new Browser();
    private boolean isSignedIn;
    private long signedInAt;
    private volatile boolean isStopping;

    /** A user who signs out now and then, or never. */
    SteadyUser(String name, List<URI> nodes, boolean isLeaving, long seed) {
        this.isLeaving = isLeaving;
        this.name = name;
        this.nodes = nodes;
        this.random = new Random(seed);
    }

    void stop() {
        isStopping = true;
    }

    @Override
    public void run() {
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
        if (!isSignedIn) {
            signIn(node);
        } else if (isLeaving && random.nextInt(USES_OF_A_SESSION) == 0) {
            signOut(node);
        } else {
            use(node);
        }
    }

    private void signIn(URI node) {
        browser = new Browser();
        Reply reply = browser.signInOnce(node, name, name + "-pw");
        if (reply.status() == 201) {
            isSignedIn = true;
            signedInAt = System.nanoTime();
        }
    }

    private void use(URI node) {
        Reply reply = browser.get(node.resolve("guarded"));
        if (reply.status() == 200) {
            require(reply.body().equals("guarded for " + name), "another user", reply);
        } else {
            require(isNoVerdict(reply), "a session that lives was refused", reply);
        }
    }

    /** The session does not count any more unless its end is acknowledged. */
    private void signOut(URI node) {
        isSignedIn = false;
        Browser thief = browser.copy();
        Reply reply = browser.signOut(node);
        if (reply.status() == 204) {
            signedOut.add(thief);
        } else {
            require(isNoVerdict(reply), "a sign-out was refused", reply);
        }
    }

    /** Payara before 7.2026.2 may answer 403 by itself when anonymous and signed-in requests mix. */
    private static boolean isNoVerdict(Reply reply) {
        return reply.status() == 503 || (reply.status() == 403 && Rig.hasGrid());
    }

    private void require(boolean isSo, String otherwise, Reply reply) {
        if (!isSo) {
            wrong.add(otherwise + reply);
        }
    }

    /** What must not have happened, and did. */
    List<String> wrong() {
        return List.copyOf(wrong);
    }

    /** Copies of what this user's browsers had before a sign-out that was acknowledged. */
    List<Browser> signedOut() {
        return List.copyOf(signedOut);
    }

    String name() {
        return name;
    }

    /** Whether the user has a session since this time or earlier. */
    boolean isSignedInSince(long nanos) {
        return isSignedIn && signedInAt - nanos <= 0;
    }

    Browser browser() {
        return browser;
    }
}
