package dev.postern.it.watch;

import dev.postern.SessionOver;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Fails at every end of a session, before {@link Overs} has heard of it. */
@ApplicationScoped
public class FailingEndObserver {

    void fail(@Observes @Priority(1) SessionOver over) {
        throw new IllegalStateException("This observer always fails.");
    }
}
