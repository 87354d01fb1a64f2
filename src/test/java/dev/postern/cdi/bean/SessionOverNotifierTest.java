package dev.postern.cdi.bean;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.Ending;
import dev.postern.SessionOver;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.context.control.RequestContextController;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("X-26")
class SessionOverNotifierTest {

    private static final SessionOver OVER = new SessionOver("handle", Ending.REVOKED, Instant.EPOCH);

    @Test
    void everyObserverIsCalledOnceThoughTheFirstOneFails() {
        Ears.HEARD.clear();
        try (SeContainer container = SeContainerInitializer.newInstance()
                .disableDiscovery()
                .addBeanClasses(Ears.class, Scoped.class)
                .initialize()) {
            RequestContextController context =
                    container.select(RequestContextController.class).get();

            new SessionOverNotifier(container.getBeanManager(), context).accept(OVER);

            assertThat(Ears.HEARD).containsExactlyInAnyOrder("failing", "plain", "async", "scoped");
            assertThat(context.activate())
                    .as("no request context is left behind")
                    .isTrue();
        }
    }

    @ApplicationScoped
    static class Ears {
        static final List<String> HEARD = new CopyOnWriteArrayList<>();

        void fail(@Observes @Priority(1) SessionOver over) {
            HEARD.add("failing");
            throw new IllegalStateException("This observer always fails.");
        }

        void hear(@Observes SessionOver over) {
            HEARD.add("plain");
        }

        void hearLater(@ObservesAsync SessionOver over) {
            HEARD.add("async");
        }
    }

    @RequestScoped
    static class Scoped {

        void hear(@Observes SessionOver over) {
            Ears.HEARD.add("scoped");
        }
    }
}
