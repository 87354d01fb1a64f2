package dev.postern.demo.live;

import dev.postern.SessionEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Sends each event of a session that happens on this node to all pages that listen. Safe for concurrent use. */
@ApplicationScoped
public class EventFeed {

    private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();

    private record Listener(SseEventSink sink, Sse sse) {

        /** Whether the page is still there. */
        boolean send(String name, String json) {
            if (sink.isClosed()) {
                return false;
            }
            try {
                sink.send(sse.newEventBuilder()
                        .name(name)
                        .data(String.class, json)
                        .build());
                return true;
            } catch (IllegalStateException closedMeanwhile) {
                return false;
            }
        }
    }

    /** Adds a page. It hears of what happens from now on. */
    void add(SseEventSink sink, Sse sse) {
        Listener listener = new Listener(sink, sse);
        // Without a first event some servers keep the headers of the answer back.
        if (listener.send("ready", "{}")) {
            listeners.add(listener);
        }
    }

    void publish(@Observes SessionEvent event) {
        String json = EventJson.of(event);
        listeners.removeIf(listener -> !listener.send("session", json));
    }
}
