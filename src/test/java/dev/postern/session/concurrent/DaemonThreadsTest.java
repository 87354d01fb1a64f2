package dev.postern.session.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class DaemonThreadsTest {

    @Test
    void threadsAreDaemonsWithTheNameOrWithNumbersBehindIt() {
        DaemonThreads numbered = DaemonThreads.numbered("worker-");

        assertThat(new DaemonThreads("lease").newThread(() -> {}).getName()).isEqualTo("lease");
        assertThat(numbered.newThread(() -> {}).getName()).isEqualTo("worker-1");
        assertThat(numbered.newThread(() -> {}).getName()).isEqualTo("worker-2");
        assertThat(numbered.newThread(() -> {}).isDaemon()).isTrue();
    }

    @Test
    @Tag("HZ-34")
    void threadDoesNotKeepTheClassLoaderOfTheRequestThatStartedIt() throws Exception {
        Thread request = Thread.currentThread();
        ClassLoader before = request.getContextClassLoader();
        try (URLClassLoader application = new URLClassLoader(new URL[0])) {
            request.setContextClassLoader(application);

            assertThat(new DaemonThreads("lease").newThread(() -> {}).getContextClassLoader())
                    .isSameAs(DaemonThreads.class.getClassLoader());
        } finally {
            request.setContextClassLoader(before);
        }
    }

    @Test
    void waitForAPoolEndsWhenItsThreadIsInterruptedAndLeavesTheInterruptToTheCaller() {
        ExecutorService running = Executors.newSingleThreadExecutor();
        Thread.currentThread().interrupt();

        DaemonThreads.await(running);

        assertThat(Thread.interrupted()).isTrue();
        running.shutdownNow();
    }
}
