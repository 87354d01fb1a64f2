package dev.postern.session;

import dev.postern.PosternException;
import java.util.function.Supplier;

/**
 * Ends the sessions that could not be ended when it was asked for.
 *
 * <p>Safe for concurrent use.
 */
final class Finishing {

    /** After so many failures in a round the grid is left alone for a while. */
    private static final int FAILURES = 4;

    private final PendingEndings pending;
    private final SessionTerminator graveyard;

    Finishing(PendingEndings pending, SessionTerminator graveyard) {
        this.pending = pending;
        this.graveyard = graveyard;
    }

    /** Tries each once, unless too many fail. Whether all are over. */
    boolean finish(Supplier<UnitOfWork> visits) {
        int failures = 0;
        for (PendingEndings.Pending ending : pending.all()) {
            if (failures < FAILURES && !isFinished(visits.get(), ending)) {
                failures++;
            }
        }
        return pending.isEmpty();
    }

    private boolean isFinished(UnitOfWork visit, PendingEndings.Pending ending) {
        try {
            graveyard.finish(visit, ending);
            return true;
        } catch (PosternException e) {
            pending.putBack(ending, visit.now());
            return false;
        }
    }
}
