package dev.postern.session.store;

import dev.postern.PosternException;

/**
 * The grid has made the change, so it is in force on all nodes, and a database beside the grid has not answered. The
 * change waits to be written there. Until then a stop of all nodes may undo it.
 *
 * <p>A caller that has more to do in the grid does it, and lets the exception pass: see {@link Failures}.
 */
public final class NotDurableException extends PosternException {

    private static final long serialVersionUID = 1;

    public NotDurableException(PosternException cause) {
        super("The grid has made the change, and the store has not.", cause);
    }
}
