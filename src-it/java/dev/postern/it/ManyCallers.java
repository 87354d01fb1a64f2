package dev.postern.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Many callers at the same moment, on threads that the servers use again and again: nobody is taken for somebody else. At night
 * {@code UnderLoadIT} asks that with more of them, and for longer.
 */
interface ManyCallers extends OnTwoNodes {

    int OF_EACH_KIND = 5;
    int REQUESTS = 60;

    @Test
    @Tag("G1")
    @Tag("V-14")
    @Tag("V-15")
    default void eachIsAnsweredAsThemselves() {
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            List<CompletableFuture<Void>> callers = new ArrayList<>();
            for (int i = 0; i < OF_EACH_KIND; i++) {
                callers.add(CompletableFuture.runAsync(() -> callAs("clerk"), threads));
                callers.add(CompletableFuture.runAsync(() -> callAs("chief"), threads));
                callers.add(CompletableFuture.runAsync(this::callAsNobody, threads));
            }
            assertThat(callers).allSatisfy(CompletableFuture::join);
        } finally {
            threads.shutdownNow();
        }
    }

    private void callAs(String user) {
        Browser own = new Browser();
        own.signIn(nodes().a(), user, user + "-pw").has(201);
        for (int i = 0; i < REQUESTS; i++) {
            own.get(guarded(i)).has(200).hasBody().isEqualTo("guarded for " + user);
        }
    }

    private void callAsNobody() {
        for (int i = 0; i < REQUESTS; i++) {
            new Browser().get(guarded(i)).isUnauthorized();
        }
    }

    private URI guarded(int request) {
        return (request % 2 == 0 ? nodes().a() : nodes().b()).resolve("guarded");
    }
}
