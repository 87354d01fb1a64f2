package dev.postern.it.guest.exposed;

import dev.postern.ExposeSession;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.Timeout;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.inject.Inject;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Calls the notebook when its timer strikes, outside any request; and is bound by hand itself. */
@Singleton
@Startup
@ExposeSession
public class Clock {

    private static final AtomicReference<String> SEEN = new AtomicReference<>("");

    @Resource
    private TimerService timers;

    @Inject
    private Notebook notebook;

    /** What the notebook has said. */
    static @Nullable String seen() {
        return SEEN.get();
    }

    @PostConstruct
    void wind() {
        timers.createSingleActionTimer(1, new TimerConfig(null, false));
    }

    @Timeout
    void strike() {
        try {
            SEEN.set(notebook.look());
        } catch (RuntimeException e) {
            SEEN.set(e.toString());
        }
    }
}
