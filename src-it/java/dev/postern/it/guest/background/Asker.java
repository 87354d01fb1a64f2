package dev.postern.it.guest.background;

import dev.postern.CurrentUser;
import dev.postern.SessionMetadata;
import dev.postern.Sessions;
import dev.postern.SignIn;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Asks everything that it can, and keeps what it hears under the name of the place from which it was asked. */
@ApplicationScoped
public class Asker {

    /** Kept for the class, because a bean has not started everywhere when the application has. */
    private static final Map<String, CompletableFuture<String>> HEARD = new ConcurrentHashMap<>();

    @Inject
    private CurrentUser user;

    @Inject
    private SessionMetadata metadata;

    @Inject
    private Sessions sessions;

    @Inject
    private SignIn signIn;

    void started(@Observes @Initialized(ApplicationScoped.class) Object event) {
        ask("initialized");
    }

    public void ask(String place) {
        heard(place)
                .complete(String.join(
                        "\n",
                        "name=" + attempt(user::name),
                        "anonymous=" + attempt(user::isAnonymous),
                        "roles=" + attempt(user::roles),
                        "entries=" + attempt(metadata::entries),
                        "fingerprint=" + attempt(metadata::fingerprint),
                        "current=" + attempt(sessions::current),
                        "mine=" + attempt(sessions::mine),
                        "fetch=" + attempt(signIn::fetch)));
    }

    static CompletableFuture<String> heard(String place) {
        return HEARD.computeIfAbsent(place, any -> new CompletableFuture<>());
    }

    static void forget(String place) {
        HEARD.remove(place);
    }

    private static String attempt(Supplier<?> question) {
        try {
            return String.valueOf(question.get());
        } catch (RuntimeException e) {
            return e.getClass().getSimpleName() + ": " + e.getMessage();
        }
    }
}
