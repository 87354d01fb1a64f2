package dev.postern.it.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.postern.it.Browser;
import dev.postern.it.OnWildFlyByDay;
import dev.postern.it.Reply;
import dev.postern.it.app.AdminServlet;
import dev.postern.it.app.Orders;
import dev.postern.it.app.TestApplication;
import dev.postern.it.guest.gate.HeldStore;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** All sessions of a user are ended while an identity store checks a password that was right when it was read. */
@OnWildFlyByDay
@Tag("A3")
class RevokedMeanwhileIT {

    private static final String FORM = "application/x-www-form-urlencoded";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @RegisterExtension
    static final Guest GATE = Guest.war(
            "gate",
            war -> war.addPackage(HeldStore.class.getPackage())
                    .addClasses(TestApplication.class, Orders.class, AdminServlet.class),
            Map.of("postern.session.touch-every", "PT0S"));

    private final Browser operator = new Browser();
    private final Browser browser = new Browser();

    @BeforeEach
    void begin() {
        gate("do=open");
        gate("do=change&to=first");
        operator.signIn(GATE.root(), "manager", "manager-pw").has(201);
    }

    @AfterEach
    void open() {
        gate("do=open");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dora", "D-17"})
    void aSignInWhosePasswordWasChangedMeanwhileIsRefused(String name) {
        CompletableFuture<Reply> held = signInIsHeld(name, "first");

        gate("do=change&to=second");
        revokeAll();
        gate("do=open");

        held.join().isUnauthorized().changesNoCookie();
        assertThat(sessions()).isEmpty();
        browser.signIn(GATE.root(), name, "second").has(201);
        browser.get(GATE.uri("api/orders")).has(200);
    }

    @Test
    void aSignInOverALiveSessionWhosePasswordWasChangedMeanwhileIsRefused() {
        browser.signIn(GATE.root(), "dora", "first").has(201);
        CompletableFuture<Reply> held = signInIsHeld("dora", "first");

        gate("do=change&to=second");
        revokeAll();
        gate("do=open");

        held.join().isUnauthorized();
        browser.get(GATE.uri("api/orders")).isUnauthorized();
        assertThat(sessions()).isEmpty();
    }

    @Test
    void aSignInDuringWhichNobodyIsSignedOutSucceeds() {
        CompletableFuture<Reply> held = signInIsHeld("dora", "first");

        gate("do=open");

        held.join().has(201);
        browser.get(GATE.uri("api/orders")).has(200);
        revokeAll();
        browser.get(GATE.uri("api/orders")).isUnauthorized();
    }

    @Test
    void aSignInRightAfterAllSessionsWereEndedSucceeds() {
        for (int round = 0; round < 10; round++) {
            revokeAll();
            browser.signIn(GATE.root(), "D-17", "first").has(201);
        }
        browser.get(GATE.uri("api/orders")).has(200);
    }

    private CompletableFuture<Reply> signInIsHeld(String name, String password) {
        gate("do=close");
        CompletableFuture<Reply> held =
                CompletableFuture.supplyAsync(() -> browser.signIn(GATE.root(), name, password));
        await("the sign-in waits at the gate")
                .atMost(PATIENCE)
                .until(() -> new Browser()
                        .get(GATE.uri("gate"))
                        .has(200)
                        .value("waiting")
                        .equals("1"));
        return held;
    }

    private static void gate(String command) {
        new Browser().post(GATE.uri("gate"), FORM, command).has(200);
    }

    private void revokeAll() {
        operator.post(GATE.uri("admin"), FORM, "do=revoke-all&user=dora").has(200);
    }

    private String sessions() {
        return operator.post(GATE.uri("admin"), FORM, "do=list&user=dora")
                .has(200)
                .body();
    }
}
