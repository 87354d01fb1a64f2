package dev.postern.demo.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.openqa.selenium.TimeoutException;

/**
 * Uses every panel of the demo, on two nodes. Two browsers have cookies of their own, as two people have. Without
 * Chromium and its driver the test says so and is skipped. The system property {@code demo.pictures} makes it take the
 * screenshots of the documents; otherwise they go below {@code target}.
 */
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
class DemoInBrowserTest {

    private @Nullable RunningDemo demo;
    private Chromium chromium = new Chromium(Path.of(""), Path.of(""));
    private @Nullable DemoPage opened;

    @BeforeAll
    void start() {
        Optional<Chromium> found = Chromium.find();
        if (found.isEmpty()) {
            System.out.println("No chromium and chromedriver on the path: the demo is not tested in a browser."
                    + " On Debian: apt-get install chromium chromium-driver");
        }
        Assumptions.assumeTrue(found.isPresent(), "no chromium and chromedriver on the path");
        chromium = found.orElseThrow();
        if (Integer.getInteger("demo.running") == null) {
            demo = RunningDemo.start();
        }
    }

    @AfterAll
    void stop() {
        if (demo != null) {
            demo.close();
        }
    }

    @BeforeEach
    void open() {
        opened = DemoPage.open(chromium, 1);
    }

    @AfterEach
    void close() {
        if (opened != null) {
            opened.close();
        }
    }

    @Test
    @Order(1)
    void requestsAreRefusedOrAllowedAndNamedByNode() {
        DemoPage page = page();
        assertThat(page.namelessControls()).isEmpty();
        page.press("#requests li:nth-child(3) button");
        page.await("#answers article:first-child", "401 sign in first");
        page.press("#requests li:nth-child(1) button");
        page.await("#answers article:first-child", "200 allowed");
        assertThat(page.text("#answers")).contains("node A").contains("node B");
        page.signIn("clara");
        page.press("#requests li:nth-child(4) button");
        page.await("#answers article:first-child", "403 forbidden");
        page.press("#requests li:nth-child(5) button");
        page.await("#answers article:first-child", "403 forbidden");
        page.press("#sign-out");
        page.await("#notice", "signed out, on both nodes");
    }

    @Test
    @Order(2)
    void endedSessionFallsOutAtOnceAndTheEventIsShown() {
        DemoPage page = page();
        page.signIn("ada");
        try (DemoPage other = DemoPage.open(chromium, 2)) {
            other.signIn("ada");
            page.await("#events", "session_created");
            page.press("#end-others");
            page.await("#notice", "signed in here only");
            other.await("#notice", "ended from elsewhere");
            other.awaitHidden("#signed-in");
            page.await("#events", "session_revoked");
            other.signIn("ada");
            page.await("#sessions tbody tr:nth-child(2)", "Chrome");
            page.press("#sessions tbody tr:nth-child(1) button");
            other.await("#notice", "ended from elsewhere");
        }
    }

    @Test
    @Order(3)
    void ordersArePlacedShippedAndCancelledAfterThePassword() {
        DemoPage page = page();
        page.signIn("ada");
        page.type("#quantity", "100");
        page.press("#place button");
        page.await("#orders-outcome", "400: The quantity must be a number from 1 to 99.");
        page.type("#quantity", "3");
        page.press("#place button");
        page.await("#orders-outcome", "is placed.");
        page.press("#orders tbody button");
        page.await("#orders-outcome", "403");
        page.press("#sign-out");
        page.awaitHidden("#signed-in");
        page.signIn("mona");
        page.await("#orders tbody", "bell");
        // the second renewal is forty seconds after the sign-in, the step-up allows thirty
        page.await("#renewed", "was renewed");
        page.awaitOther("#renewed", page.text("#renewed"));
        page.await("#events", "session_confirmed");
        page.pressNamed("Cancel order 2");
        page.await("#step-up", "Type your password again");
        page.type("#step-up-password", "wrong");
        page.press("#step-up-form button");
        page.await("#step-up-outcome", "401");
        picture(page, "demo-step-up.png", "#step-up");
        page.type("#step-up-password", "mona-demo");
        page.press("#step-up-form button");
        page.await("#orders-outcome", "Order 2 is cancelled.");
        page.await("#events", "session_reauthenticated");
        page.pressNamed("Ship order 1");
        page.await("#orders-outcome", "Order 1 is shipped.");
    }

    @Test
    @Order(4)
    void roleThatIsTakenAwayIsGoneAtOnceAndAllSessionsOfAUserEnd() {
        DemoPage page = page();
        page.signIn("clara");
        try (DemoPage manager = DemoPage.open(chromium, 2)) {
            manager.signIn("mona");
            manager.await("#users-count", "users with");
            manager.await("#users tbody", "clara");
            manager.pressNamed("Take the role clerk away from clara");
            manager.await("#users-outcome", "clara is no clerk any more.");
            page.press("#requests li:nth-child(3) button");
            page.await("#answers article:first-child", "403 forbidden");
            manager.pressNamed("Make clara a clerk");
            manager.await("#users-outcome", "clara is a clerk.");
            page.press("#requests li:nth-child(3) button");
            page.await("#answers article:first-child", "200 allowed");
            picture(manager, "demo-users.png", "#users-panel");
            manager.pressNamed("End all sessions of clara");
            page.await("#notice", "ended from elsewhere");
        }
    }

    @Test
    @Order(5)
    void guessesHaveToWait() {
        DemoPage page = page();
        for (int attempt = 0; attempt < 3; attempt++) {
            page.press("#guess button");
            page.await("#guess-outcome", "4");
        }
        for (int attempt = 0; attempt < 5 && !page.text("#guess-outcome").contains("429"); attempt++) {
            page.press("#guess button");
            page.await("#guess button", "Try");
        }
        page.await("#guess-outcome", "429");
        page.await("#guess-wait", "The next attempt is checked in");
        page.await("#events", "authn_login_fail_max");
        picture(page, "demo-throttle.png", "section[aria-labelledby=guess-title]");
    }

    @Test
    @Order(6)
    void stolenTokenEndsTheSessionForBoth() {
        DemoPage page = page();
        page.signIn("clara");
        page.press("#steal");
        page.await("#theft-outcome", "has a copy");
        page.press("#use-stolen");
        page.await("#theft-outcome", "200: the thief is let in");
        page.await("#renewed", "was renewed");
        page.await("#theft-state", "now ends the session");
        page.press("#use-stolen");
        page.await("#notice", "its token was stolen and used");
        page.await("#events", "authn_token_reuse");
        page.await("#events", "session_reused");
        picture(page, "demo-theft.png", "section[aria-labelledby=events-title]");
    }

    @Test
    @Order(7)
    void pageIsTakenInLightAndDarkAndNarrow() {
        DemoPage page = page();
        page.signIn("mona");
        page.press("#requests li:nth-child(2) button");
        page.await("#answers article:first-child", "200 allowed");
        page.await("#renewed", "was renewed");
        assertThat(page.namelessControls()).isEmpty();
        page.toTop();
        page.dark(false);
        page.width(1180, 1000);
        picture(page, "demo.png", "");
        page.dark(true);
        picture(page, "demo-dark.png", "");
        page.width(390, 844);
        assertThat(page.isCutOff()).isFalse();
        page.dark(false);
        picture(page, "demo-narrow.png", "");
    }

    @Test
    @Order(8)
    void killedFrozenAndStartedNodesLeaveTheUserSignedIn() {
        DemoPage page = page();
        page.signIn("mona");
        page.pressNamed("Kill node A");
        page.await("#cluster-outcome", "node A is stopped");
        page.press("#requests li:nth-child(3) button");
        page.await("#answers article:first-child", "node B");
        page.await("#answers article:first-child", "200 allowed");
        picture(page, "demo-cluster.png", "section[aria-labelledby=cluster-title]");
        page.pressNamed("Start node A");
        page.await("#cluster-outcome", "node A is starting");
        awaitRunning(page);
        page.pressNamed("Freeze node B");
        page.await("#cluster-outcome", "node B is frozen");
        page.pressNamed("Thaw node B");
        page.await("#cluster-outcome", "node A is running, node B is running");
        assertThat(page.text("#user")).isEqualTo("mona");
    }

    /** A node may take minutes to start on a busy machine. */
    private static void awaitRunning(DemoPage page) {
        for (int more = 0; more < 4 && !page.text("#cluster-outcome").contains("node A is running"); more++) {
            try {
                page.await("#cluster-outcome", "node A is running");
            } catch (TimeoutException e) {
                System.out.println("Node A is still starting.");
            }
        }
        page.await("#cluster-outcome", "node A is running");
    }

    private DemoPage page() {
        if (opened == null) {
            throw new IllegalStateException("no page is open");
        }
        return opened;
    }

    private static void picture(DemoPage page, String name, String selector) {
        Path directory = Boolean.getBoolean("demo.pictures")
                ? Path.of("src/docs/pictures")
                : Path.of(System.getProperty("demo.target", "target"), "demo-browser");
        page.picture(directory.resolve(name), selector);
    }
}
