package dev.postern.demo.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.demo.browser.DemoClient.Launcher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The demo with its database in a file, whose nodes and launcher are stopped and started again. It needs no browser. */
class DemoFullStopTest {

    private static final String ADA = "\"name\":\"ada\"";
    private static final String ANONYMOUS = "\"anonymous\":true";
    private static final long MINUTES = 10;

    private final DemoClient ada = new DemoClient();
    private final DemoClient ben = new DemoClient();

    @BeforeEach
    void forgetEarlierRuns() throws IOException {
        Path store = RunningDemo.directory().resolve("store");
        if (Files.exists(store)) {
            try (Stream<Path> deepestFirst = Files.walk(store).sorted(Comparator.reverseOrder())) {
                for (Path file : deepestFirst.toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    @Test
    void usersStaySignedInWhenAllIsStoppedAndWhenBothNodesAreKilled() throws Exception {
        inOneRun(() -> {
            assertThat(ada.signIn(1, "ada")).isEqualTo(201);
            assertThat(ben.signIn(2, "ben")).isEqualTo(201);
            assertThat(ben.signOut(1)).isEqualTo(204);
            assertThat(ada.me(2)).contains(ADA);
        });

        inOneRun(() -> {
            assertThat(ada.me(2)).contains(ADA);
            assertThat(ben.me(1)).contains(ANONYMOUS);

            killBothAndStartThemAgain(ada.launcher());
            assertThat(ada.me(1)).contains(ADA);
            assertThat(ben.me(2)).contains(ANONYMOUS);
        });
    }

    /** What happens between the start of the launcher and its end. */
    private interface Run {
        void go() throws Exception;
    }

    private static void inOneRun(Run run) throws Exception {
        RunningDemo demo = RunningDemo.start("-Ddemo.store=h2");
        try {
            run.go();
        } finally {
            demo.close();
        }
    }

    private void killBothAndStartThemAgain(Launcher launcher) throws IOException, InterruptedException {
        for (int node : List.of(1, 2)) {
            ada.carryOut(launcher, node, "kill");
        }
        assertThat(ada.nodes(launcher)).containsPattern("stopped.*stopped");
        for (int node : List.of(1, 2)) {
            ada.carryOut(launcher, node, "start");
        }
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(MINUTES);
        while (!ada.nodes(launcher).matches(".*running.*running.*") && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(500);
        }
        assertThat(ada.nodes(launcher)).containsPattern("running.*running");
    }
}
