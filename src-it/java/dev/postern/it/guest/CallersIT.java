package dev.postern.it.guest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.it.Browser;
import dev.postern.it.OnWildFlyByDay;
import dev.postern.it.Reply;
import dev.postern.it.SocketClient;
import dev.postern.it.guest.callers.CustomerRoom;
import dev.postern.it.guest.trapped.Keeper;
import dev.postern.it.guest.trapped.KeepingServlet;
import java.util.ArrayList;
import java.util.List;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The caller in the application's own type: the object itself, where every class is a bean. */
@OnWildFlyByDay
class CallersIT {

    @RegisterExtension
    static final Guest GUEST = Guest.war(
            "callers",
            war -> war.addPackage(CustomerRoom.class.getPackage())
                    .addAsWebInfResource(new StringAsset(Guest.ALL), "beans.xml"));

    @RegisterExtension
    static final Guest TRAPPED = Guest.war(
                    "trapped",
                    war -> war.addPackage(CustomerRoom.class.getPackage()).addClass(Keeper.class))
            .perhapsRefused();

    @RegisterExtension
    static final Guest SERVLET = Guest.war(
                    "trapped-servlet",
                    war -> war.addPackage(CustomerRoom.class.getPackage()).addClass(KeepingServlet.class))
            .perhapsRefused();

    private final Browser browser = new Browser();

    @Test
    @Tag("C7")
    void callerIsTheObjectItself() {
        browser.signIn(GUEST.root(), "clerk", "clerk-pw").has(201);

        Reply reply = me();

        assertThat(reply.value("class")).isEqualTo("Customer");
        assertThat(reply.value("json")).contains("\"id\":7", "\"name\":\"clerk\"");
        assertThat(reply.value("same")).isEqualTo("true");
        assertThat(reply.value("party")).isEqualTo("true");
        assertThat(reply.value("shared")).isEqualTo("true");
        assertThat(reply.value("regular")).isEqualTo("null");
    }

    @Test
    @Tag("C7")
    void callerOfASubclassIsThereInAllItsTypes() {
        browser.signIn(GUEST.root(), "chief", "chief-pw").has(201);

        Reply reply = me();

        assertThat(reply.value("class")).isEqualTo("Regular");
        assertThat(reply.value("regular")).isEqualTo("chief");
        assertThat(reply.value("party")).isEqualTo("true");
    }

    @Test
    @Tag("C7")
    void anonymousCallerIsNull() {
        Reply reply = me();
        assertThat(reply.value("class")).isEqualTo("null");
        assertThat(reply.value("shared")).isEqualTo("true");
    }

    @Test
    @Tag("C7")
    void eachRequestHasItsOwnCaller() {
        Browser other = new Browser();
        browser.signIn(GUEST.root(), "clerk", "clerk-pw").has(201);
        other.signIn(GUEST.root(), "customer", "customer-pw").has(201);

        assertThat(me().value("json")).contains("clerk");
        assertThat(other.get(GUEST.uri("api/customers/me")).has(200).value("json"))
                .contains("customer");
        assertThat(me().value("json")).contains("clerk");
    }

    @Test
    @Tag("C7")
    void beanThatOutlivesTheRequestStopsTheDeployment() {
        assertThat(browser.get(TRAPPED.uri("api/customers/me")).status()).isNotEqualTo(200);
        assertThat(TRAPPED.log()).contains("would give the user of one request to others");
    }

    @Test
    @Tag("C7")
    void servletNeverKeepsTheUserOfARequest() {
        assertThat(browser.get(SERVLET.uri("keeping")).status()).isNotEqualTo(200);
        assertThat(SERVLET.log()).contains("would give the user of one request to others");
    }

    @Test
    @Tag("C8")
    void loadedUserIsTheCallersPrincipalWhereItIsOne() {
        browser.signIn(GUEST.root(), "chief", "chief-pw").has(201);
        assertThat(me().value("principal")).isEqualTo("Regular chief");

        Browser other = new Browser();
        other.signIn(GUEST.root(), "clerk", "clerk-pw").has(201);
        assertThat(other.get(GUEST.uri("api/customers/me")).has(200).value("principal"))
                .endsWith(" clerk");
    }

    @Test
    @Tag("C8")
    void socketOfACallerWithAPrincipalOfItsOwnIsBoundAsAnyOther() throws Exception {
        browser.signIn(GUEST.root(), "chief", "chief-pw").has(201);
        SocketClient socket = SocketClient.open(GUEST.root(), "bound", browser.sessionCookie());
        assertThat(socket.ask("hello")).isEqualTo("hello chief");

        browser.signOut(GUEST.root()).has(204);

        socket.isClosedWith(1008);
    }

    @Test
    @Tag("B1")
    void loginHasAHundredOpenSocketsHoweverManyItHasClosed() throws Exception {
        browser.signIn(GUEST.root(), "customer", "customer-pw").has(201);
        List<SocketClient> open = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            open.add(opened());
        }

        SocketClient.open(GUEST.root(), "bound", browser.sessionCookie()).isClosedWith(1013);

        for (SocketClient each : open.subList(0, 10)) {
            each.close();
        }
        for (int i = 0; i < 30; i++) {
            opened().close();
        }
        browser.signOut(GUEST.root()).has(204);
        for (SocketClient each : open.subList(10, 100)) {
            each.isClosedWith(1008);
        }
    }

    private SocketClient opened() throws Exception {
        SocketClient socket = SocketClient.open(GUEST.root(), "bound", browser.sessionCookie());
        assertThat(socket.ask("hello")).isEqualTo("hello customer");
        return socket;
    }

    @Test
    @Tag("item-7")
    void provenUserWhomTheApplicationDoesNotKnowIsRefused() {
        browser.get(GUEST.uri("api/customers/begin?name=gone"))
                .has(200)
                .changesNoCookie()
                .hasBody()
                .isEqualTo("USER_GONE  []");
        browser.get(GUEST.uri("api/customers/begin?name=known"))
                .has(200)
                .hasBody()
                .isEqualTo("SIGNED_IN known [clerk]");
    }

    private Reply me() {
        return browser.get(GUEST.uri("api/customers/me")).has(200);
    }
}
