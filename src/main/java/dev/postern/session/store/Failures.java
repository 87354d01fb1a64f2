package dev.postern.session.store;

import dev.postern.PosternException;
import java.util.ArrayList;
import java.util.List;

/**
 * What has failed in a call that goes on nevertheless, until it has done all that the grid can do.
 *
 * <p>For one thread.
 */
public final class Failures {

    private final List<PosternException> all = new ArrayList<>();

    /** Notes a failure. */
    public void add(PosternException failure) {
        all.add(failure);
    }

    /** Runs the step. If it fails, that is noted. */
    public void run(Runnable step) {
        try {
            step.run();
        } catch (PosternException e) {
            add(e);
        }
    }

    /** Runs the step. If the grid has made its change, a failure is noted, and thrown if not. */
    public void runInGrid(Runnable step) {
        try {
            step.run();
        } catch (NotDurableException e) {
            add(e);
        }
    }

    public boolean isEmpty() {
        return all.isEmpty();
    }

    /**
     * Throws the first failure, with the others as suppressed ones; nothing if there is none. It is a {@link
     * NotDurableException} only if all are.
     */
    public void rethrow() {
        all.stream()
                .filter(failure -> !(failure instanceof NotDurableException))
                .findFirst()
                .or(() -> all.stream().findFirst())
                .ifPresent(this::rethrow);
    }

    private void rethrow(PosternException first) {
        all.stream().filter(failure -> failure != first).forEach(first::addSuppressed);
        throw first;
    }
}
