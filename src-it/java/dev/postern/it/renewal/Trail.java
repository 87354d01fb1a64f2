package dev.postern.it.renewal;

import dev.postern.SessionEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;

/** Keeps every event of this node, and shows those in which a text occurs, one a line. */
@ApplicationScoped
public class Trail {

    private final Queue<String> lines = new ConcurrentLinkedQueue<>();

    void keep(@Observes @Priority(1) SessionEvent event) {
        lines.add(event.toString());
    }

    String of(String text) {
        return lines.stream().filter(line -> line.contains(text)).collect(Collectors.joining("\n"));
    }
}
