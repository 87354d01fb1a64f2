package dev.postern.demo.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
 * screenshots of the documents; all others go below {@code target}.
 */
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
class DemoInBrowserTest {

    private static final String BOTH_NODES = "(?s).*node A.*node B.*|.*node B.*node A.*";
    private static final Set<String> IN_DOCUMENTS =
            Set.of("demo.png", "demo-dark.png", "demo-narrow.png", "demo-theft.png");
    private static final List<String> NARROW =
            List.of("sessions-title", "orders-title", "users-title", "theft-title", "guess-title", "requests-title");

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
        // the page sends other requests too, so the same node may answer twice
        for (int earlier = 1; earlier < 6 && !page.text("#answers").matches(BOTH_NODES); earlier++) {
            page.press("#requests li:nth-child(1) button");
            page.await("#answers article:nth-child(" + (earlier + 1) + ")", "401 sign in first");
            page.await("#answers article:first-child", "200 allowed");
        }
        assertThat(page.text("#answers")).matches(BOTH_NODES);
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
        page.await("#orders tbody tr:first-child", "3 × lantern");
        page.press("#orders tbody button");
        page.await("#orders-outcome", "403");
        page.press("#sign-out");
        page.awaitHidden("#signed-in");
        page.signIn("mona");
        page.await("#orders tbody", "bell");
        page.await("#orders tbody", "3 × lantern");
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
            manager.await("#users-outcome", "All sessions of clara have ended.");
            page.await("#notice", "ended from elsewhere");
        }
    }

    @Test
    @Order(5)
    void usersAreListedPageByPage() {
        DemoPage page = page();
        for (String user : List.of("ada", "ben", "clara")) {
            page.signIn(user);
            page.forgetCookies();
        }
        page.signIn("mona");
        page.await("#users-count", "4 users with");
        page.await("#users tbody tr:nth-child(3)", "End all");
        List<String> first = page.texts("#users tbody td:first-child");
        page.press("#users-next");
        page.awaitOther("#users tbody td:first-child", first.get(0));
        List<String> all = new ArrayList<>(first);
        all.addAll(page.texts("#users tbody td:first-child"));
        assertThat(all).containsExactlyInAnyOrder("ada", "ben", "clara", "mona");
        // the page before the last one may not know that nobody follows
        for (int more = 0; more < 2 && page.isEnabled("#users-next"); more++) {
            page.press("#users-next");
            page.await("#users tbody", "Nobody on this page.");
        }
        assertThat(page.isEnabled("#users-next")).isFalse();
        picture(page, "demo-users-last.png", "#users-panel");
        page.press("#users-first");
        page.await("#users tbody td:first-child", first.get(0));
    }

    @Test
    @Order(6)
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
    @Order(7)
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
        page.toTop();
        picture(page, "demo-theft.png", "");
        picture(page, "demo-theft-events.png", "section[aria-labelledby=events-title]");
    }

    @Test
    @Order(8)
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
        for (String panel : NARROW) {
            picture(page, "narrow-" + panel + ".png", "section[aria-labelledby=" + panel + "]");
        }
    }

    @Test
    @Order(9)
    void loginPageSignsInAndLeadsBack() {
        DemoPage page = page();
        page.visit("/postern/login?return=%2F%23sessions-title");
        assertThat(page.namelessControls()).isEmpty();
        page.type("#username", "clara");
        page.type("#password", "wrong");
        page.press("button");
        page.await("[role=alert]", "The user name or the password is wrong.");
        page.type("#username", "clara");
        page.type("#password", "clara-demo");
        page.press("button");
        page.await("#user", "clara");
        page.await("#sessions tbody", "this one");
    }

    @Test
    @Order(10)
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
        Path directory = Boolean.getBoolean("demo.pictures") && IN_DOCUMENTS.contains(name)
                ? Path.of("src/docs/pictures")
                : Path.of(System.getProperty("demo.target", "target"), "demo-browser");
        page.picture(directory.resolve(name), selector);
    }
}
