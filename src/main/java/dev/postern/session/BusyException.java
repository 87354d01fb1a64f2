package dev.postern.session;

import dev.postern.PosternException;

/** Too many callers want the same work done for one user at this moment. It can be tried again soon. */
public final class BusyException extends PosternException {

    private static final long serialVersionUID = 1;

    /** One more caller has to come back. */
    public BusyException() {
        super("The sessions of this user are being listed or ended for others. Try again.");
    }
}
