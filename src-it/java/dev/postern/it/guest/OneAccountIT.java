package dev.postern.it.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.postern.it.OnWildFlyByDay;
import dev.postern.it.Pause;
import dev.postern.it.app.Orders;
import dev.postern.it.app.TestApplication;
import dev.postern.it.guest.crowd.HeapServlet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Sixty-four clients do the worst that one account can, and none of them pauses when it is told to: sign-ins without
 * end, lists of all sessions, and wrong passwords. Another user uses the application meanwhile. It goes on for as many
 * seconds as {@code it.account.seconds} says; ten minutes, on a server with 512 MB, are the whole show
 * ({@code mvn -Pnightly -Dit.rounds=hours verify}).
 */
@OnWildFlyByDay
class OneAccountIT {

    private static final int SECONDS = Integer.getInteger("it.account.seconds", 12);

    /** A server that has just started has not compiled anything. */
    private static final Duration WARM_UP = Duration.ofSeconds(6);

    /** Two processors, of which the clients take their part. */
    private static final Duration MEDIAN = Duration.ofMillis(100);

    @RegisterExtension
    static final Guest GUEST = Guest.war(
            "account",
            war -> war.addClasses(TestApplication.class, Orders.class, HeapServlet.class)
                    .addAsWebResource(new StringAsset("<p>A page.</p>"), "page.html"));

    private final List<Duration> times = new ArrayList<>();
    private final Map<String, Integer> answers = new TreeMap<>();

    @Test
    @Tag("long")
    @Tag("B1")
    @Tag("B3")
    @Tag("B4")
    @SuppressWarnings("try") // the crowd ends before the server is looked at
    void stopsNoNode() throws IOException {
        try (ConcurrentClients crowd = new ConcurrentClients();
                LocalClient bystander = new LocalClient(GUEST.root(), 900)) {
            // a node that has just started may answer 503 for a moment
            await("the bystander is signed in").atMost(WARM_UP).until(() -> isSignedIn(bystander));
            crowd.with(GUEST.root(), 0, 16, "sign in", OneAccountIT::signIn)
                    .with(GUEST.root(), 16, 32, "list", OneAccountIT::list)
                    .with(GUEST.root(), 48, 16, "guess", OneAccountIT::guess);
            Pause.ofMillis(WARM_UP.toMillis());
            long end = System.nanoTime() + Duration.ofSeconds(SECONDS).toNanos();
            for (int round = 0; System.nanoTime() < end; round++) {
                time("page", () -> bystander.get("page.html"));
                time("session", () -> bystander.get("postern/session"));
                time("list", () -> bystander.get("postern/sessions"));
                if (round % 50 == 0) {
                    try (LocalClient other = new LocalClient(GUEST.root(), 901 + round / 50 % 50)) {
                        time("sign-in", () -> other.signIn("manager", "manager-pw"));
                        time("orders", () -> other.get("api/orders"));
                        time("sign-out", () -> other.delete("postern/session"));
                    }
                }
                Pause.ofMillis(20);
            }
            Map<String, Integer> crowds = crowd.answers();
            crowd.close();
            String heap = bystander.get("heap").body().strip();
            System.getLogger("dev.postern.it")
                    .log(
                            System.Logger.Level.INFO,
                            "One account for {0} s: bystander {1}, median {2}, p99 {3}, most {4}; heap {5}; clients"
                                    + " {6}",
                            SECONDS,
                            answers,
                            at(0.5),
                            at(0.99),
                            at(1),
                            heap,
                            crowds);
            assertThat(crowds.keySet()).allMatch(answer -> answer.matches("[a-z ]+ (200|201|204|401|403|429|503)"));
        }

        assertThat(answers.keySet()).allMatch(answer -> answer.matches("[a-z-]+ (200|201|204|403)"));
        assertThat(at(0.5)).isLessThan(MEDIAN);
    }

    private static boolean isSignedIn(LocalClient client) {
        try {
            return client.signIn("customer", "customer-pw").status() == 201;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface Question {

        LocalClient.Answer ask() throws IOException;
    }

    private void time(String word, Question question) throws IOException {
        long began = System.nanoTime();
        int status = question.ask().status();
        times.add(Duration.ofNanos(System.nanoTime() - began));
        answers.merge(word + " " + status, 1, Integer::sum);
    }

    private Duration at(double share) {
        List<Duration> sorted = times.stream().sorted().toList();
        return sorted.get((int) Math.min(sorted.size() - 1L, Math.round(share * sorted.size())));
    }

    /** Each time in another browser. */
    private static LocalClient.Answer signIn(LocalClient client, int number, int time) throws IOException {
        return client.with("").signIn("clerk", "clerk-pw");
    }

    private static LocalClient.Answer list(LocalClient client, int number, int time) throws IOException {
        LocalClient.Answer answer = client.get("postern/sessions?limit=100");
        return answer.status() == 401 ? client.signIn("clerk", "clerk-pw") : answer;
    }

    private static LocalClient.Answer guess(LocalClient client, int number, int time) throws IOException {
        return client.signIn("nobody-" + number + "-" + time, "guess");
    }
}
