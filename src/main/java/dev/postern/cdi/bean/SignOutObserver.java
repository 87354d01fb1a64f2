package dev.postern.cdi.bean;

import dev.postern.SignOutEverywhere;
import dev.postern.session.SessionKeeper;
import dev.postern.session.listing.UserSessions;
import dev.postern.session.token.Handle;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;
import java.util.Optional;

/**
 * Ends the sessions that {@link SignOutEverywhere} names.
 *
 * <p>It acts at once instead of after a transaction, because a failure must reach the code that fired the event.
 *
 * <p>Safe for concurrent use.
 */
@Dependent
class SignOutObserver {

    private final UserSessions userSessions;

    @Inject
    SignOutObserver(SessionKeeper keeper) {
        this.userSessions = keeper.userSessions();
    }

    void now(@Observes SignOutEverywhere request) {
        Optional<Handle> spared = request.spared().flatMap(Handle::parse);
        if (spared.isEmpty() || !userSessions.endOthers(request.user(), spared.get())) {
            userSessions.endAll(request.user());
        }
    }

    void later(@ObservesAsync SignOutEverywhere request) {
        now(request);
    }
}
