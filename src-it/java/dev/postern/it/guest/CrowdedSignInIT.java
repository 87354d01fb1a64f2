package dev.postern.it.guest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.it.OnWildFlyByDay;
import dev.postern.it.Pause;
import dev.postern.it.guest.crowd.HashingUsers;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Many sign-ins at the same moment. */
@OnWildFlyByDay
class CrowdedSignInIT {

    private static final int CLIENTS = 64;

    @RegisterExtension
    static final Guest GUEST = Guest.war(
            "crowd",
            war -> war.addClasses(HashingUsers.class, Pause.class)
                    .addAsWebResource(new StringAsset("<p>A page.</p>"), "page.html"));

    /** As many at once as a slow node takes from one network: eight are checked, and eight wait. */
    @Test
    @Tag("B6")
    void rightPasswordsOfOneNameDoNotKeepEachOtherOut() throws Exception {
        for (int round = 0; round < 10; round++) {
            assertThat(ConcurrentClients.atOnce(
                            GUEST.root(), 16, (client, number, time) -> client.signIn("customer", "customer-pw")))
                    .isEqualTo(Map.of(201, 16L));
        }
    }

    /** A slow machine lets a wait pass between two guesses; each wait is twice as long as the one before. */
    @Test
    @Tag("A8")
    void manyCookiesOfDeadSessionsAreGoodForTheTriesOfOne() throws Exception {
        List<String> cookies = new ArrayList<>();
        for (int begun = 0; begun < 20; begun++) {
            try (LocalClient client = new LocalClient(GUEST.root(), 300)) {
                assertThat(client.signIn("clerk", "clerk-pw").status()).isEqualTo(201);
                cookies.add(client.cookie());
                assertThat(client.delete("postern/session").status()).isEqualTo(204);
            }
        }
        int told = 0;
        for (int tries = 0; tries < 120; tries++) {
            try (LocalClient client = new LocalClient(GUEST.root(), 300).with(cookies.get(tries % 20))) {
                int status = client.signIn("clerk", "guess").status();
                assertThat(status).isIn(401, 429);
                told += status == 401 ? 1 : 0;
            }
        }
        assertThat(told).isBetween(5, 12);
    }

    /** Each with a name of its own, so that nothing makes them wait but the time after which failures are answered. */
    @Test
    @Tag("B4")
    void failingSignInsLeaveThreadsForOthers() throws IOException {
        assertThat(medianOfPages("nobody")).isLessThan(Duration.ofMillis(100));
    }

    @Test
    @Tag("B4")
    void slowIdentityStoreLeavesThreadsForOthers() throws IOException {
        assertThat(medianOfPages("hashed")).isLessThan(Duration.ofMillis(100));
    }

    private static Duration medianOfPages(String name) throws IOException {
        List<Duration> times = new ArrayList<>();
        try (ConcurrentClients crowd = new ConcurrentClients();
                LocalClient bystander = new LocalClient(GUEST.root(), 999)) {
            bystander.get("page.html");
            crowd.with(GUEST.root(), 0, CLIENTS, name, (client, number, time) -> {
                LocalClient.Answer answer = client.signIn(name + "-" + number + "-" + time, "guess");
                if (answer.status() == 429) {
                    Pause.ofMillis(50); // or it would only show how many refusals a second there can be
                }
                return answer;
            });
            Pause.ofMillis(1000);
            for (int pages = 0; pages < 40; pages++) {
                long began = System.nanoTime();
                assertThat(bystander.get("page.html").status()).isEqualTo(200);
                times.add(Duration.ofNanos(System.nanoTime() - began));
                Pause.ofMillis(20);
            }
            System.getLogger("dev.postern.it")
                    .log(System.Logger.Level.INFO, "Pages while {0} sign in: {1}; {2}", name, times, crowd.answers());
        }
        return times.stream().sorted().toList().get(times.size() / 2);
    }
}
