package dev.postern.it.guest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.it.Browser;
import dev.postern.it.OnWildFlyByDay;
import dev.postern.it.Reply;
import dev.postern.it.SocketClient;
import dev.postern.it.guest.background.BackgroundServlet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Outside of requests the caller is anonymous, on every server. */
@OnWildFlyByDay
@Tag("C6")
@Tag("V-17")
class BackgroundIT {

    @RegisterExtension
    static final Guest GUEST = Guest.war("background", war -> war.addPackage(BackgroundServlet.class.getPackage()));

    private final Browser browser = new Browser();

    @ParameterizedTest
    @ValueSource(strings = {"initialized", "executor", "timer", "asynchronous"})
    void callerIsAnonymousOutsideOfARequest(String place) {
        browser.signIn(GUEST.root(), "clerk", "clerk-pw").has(201);

        isAnonymous(heard(place));
    }

    @Test
    void callerIsKnownInTheRequestItself() {
        browser.signIn(GUEST.root(), "clerk", "clerk-pw").has(201);

        Reply reply = heard("request");

        assertThat(reply.value("name")).isEqualTo("clerk");
        assertThat(reply.value("fetch")).contains("clerk");
    }

    @Test
    void callerIsAnonymousInASocket() throws Exception {
        browser.signIn(GUEST.root(), "clerk", "clerk-pw").has(201);
        SocketClient socket = SocketClient.open(GUEST.root(), "socket", browser.sessionCookie());

        assertThat(socket.ask("hello")).isEqualTo("heard");

        isAnonymous(heard("open"));
        isAnonymous(heard("message"));
    }

    private static void isAnonymous(Reply reply) {
        assertThat(reply.value("name")).as(reply.toString()).isEmpty();
        assertThat(reply.value("anonymous")).isEqualTo("true");
        assertThat(reply.value("roles")).isEqualTo("[]");
        assertThat(reply.value("entries")).isEqualTo("{}");
        assertThat(reply.value("fingerprint"))
                .isEqualTo(
                        "IllegalStateException: There is no session: the caller is not signed in, or this thread serves no"
                                + " request.");
        assertThat(reply.value("current")).isEqualTo("Optional.empty");
        assertThat(reply.value("mine")).isEqualTo("[]");
        assertThat(reply.value("fetch")).isEqualTo("Optional.empty");
    }

    private Reply heard(String place) {
        return browser.get(GUEST.uri("background?place=" + place)).has(200);
    }
}
