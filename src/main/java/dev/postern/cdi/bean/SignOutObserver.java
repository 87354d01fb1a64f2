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
 * Does what {@link SignOutEverywhere} asks for.
 *
 * <p>At once, and not when a transaction has succeeded: who cannot be signed out must not be told that they were.
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
