package dev.postern.it.watch;

import dev.postern.SessionOver;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;

/** Keeps every end of a session that this node has heard of, and shows those in which a text occurs, one a line. */
@ApplicationScoped
public class Overs {

    private final Queue<String> lines = new ConcurrentLinkedQueue<>();

    @Inject
    private RequestScope scope;

    void keep(@Observes SessionOver over) {
        Thread thread = Thread.currentThread();
        boolean isOurLoader = thread.getContextClassLoader() == Overs.class.getClassLoader();
        lines.add(String.join(
                " ",
                "sync",
                over.reason().name(),
                over.handle(),
                "thread=" + thread.getName(),
                "loader=" + isOurLoader,
                "scope=" + scope.state()));
    }

    void keepAsync(@ObservesAsync SessionOver over) {
        lines.add("async " + over.reason() + " " + over.handle());
    }

    String of(String text) {
        return lines.stream().filter(line -> line.contains(text)).collect(Collectors.joining("\n"));
    }
}
