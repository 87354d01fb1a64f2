package dev.postern.it.renewal;

import dev.postern.SessionEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Fails at every event, after {@link Trail} has seen it. */
@ApplicationScoped
public class FailingEventObserver {

    void fail(@Observes SessionEvent event) {
        throw new IllegalStateException("This observer always fails.");
    }
}
