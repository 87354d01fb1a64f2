package dev.postern.it.guest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.it.Browser;
import dev.postern.it.Reply;
import dev.postern.it.app.Users;
import dev.postern.it.guest.calls.PageServlet;
import dev.postern.it.guest.members.Members;
import java.net.URI;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An application with a sign-in page of its own: what the calls of the specifications do in it. */
class CallsIT {

    private static final String FORM = "application/x-www-form-urlencoded";

    @RegisterExtension
    static final Guest GUEST = Guest.war("calls", war -> war.addPackage(PageServlet.class.getPackage()));

    @RegisterExtension
    static final Guest UNJUDGED =
            Guest.war("unjudged", war -> war.deleteClass(Users.class).addPackage(Members.class.getPackage()));

    private final Browser browser = new Browser();

    @Test
    @Tag("C5")
    void failedCallLeavesThePageItsStatus() {
        Reply reply = call("authenticate", "clerk", "wrong-c5").has(200).changesNoCookie();
        assertThat(reply.value("result")).isEqualTo("SEND_FAILURE");
        assertThat(reply.value("failure")).isEqualTo("WRONG_CREDENTIAL");
        assertThat(reply.value("retry")).isEqualTo("0");
        assertThat(reply.value("user")).isEmpty();
        assertThat(reply.headers("WWW-Authenticate")).isEmpty();
    }

    @Test
    void callSignsIn() {
        Reply reply = call("authenticate", "clerk", "clerk-pw").has(200);
        assertThat(reply.value("result")).isEqualTo("SUCCESS");
        assertThat(reply.value("user")).isEqualTo("clerk");
        assertThat(reply.value("remote")).isEqualTo("clerk");
        assertThat(page().value("user")).isEqualTo("clerk");
    }

    @Test
    @Tag("A6")
    void wrongPasswordIsRefusedToACallerWhoIsSignedIn() {
        call("authenticate", "clerk", "clerk-pw").has(200);

        Reply reply = call("authenticate", "clerk", "wrong-a6").has(200).changesNoCookie();

        assertThat(reply.value("result")).isEqualTo("SEND_FAILURE");
        assertThat(reply.value("user")).isEqualTo("clerk");
        assertThat(reply.value("remote")).isEqualTo("clerk");
        assertThat(page().value("user")).isEqualTo("clerk");
    }

    @Test
    @Tag("A6")
    void rightPasswordOfACallerWhoIsSignedInIsAFreshAuthentication() {
        long first = Long.parseLong(
                call("authenticate", "clerk", "clerk-pw").has(200).value("authenticated"));

        Reply reply = call("authenticate", "clerk", "clerk-pw").has(200);

        assertThat(reply.value("result")).isEqualTo("SUCCESS");
        assertThat(Long.parseLong(reply.value("authenticated"))).isGreaterThan(first);
        reply.hasSetCookies().hasSize(1);
        assertThat(page().value("user")).isEqualTo("clerk");
    }

    @Test
    @Tag("A6")
    void callerWhoIsSignedInMayBecomeAnother() {
        call("authenticate", "clerk", "clerk-pw").has(200);
        Browser former = browser.copy();

        Reply reply = call("authenticate", "customer", "customer-pw").has(200);

        assertThat(reply.value("user")).isEqualTo("customer");
        assertThat(reply.value("remote")).isEqualTo("customer");
        assertThat(page().value("user")).isEqualTo("customer");
        assertThat(former.get(GUEST.uri("page")).has(200).value("user")).isEmpty();
    }

    @Test
    @Tag("A6")
    void askingForACallerWhoIsSignedInChangesNothing() {
        call("authenticate", "clerk", "clerk-pw").has(200);
        Reply reply = call("ask", "", "").has(200).changesNoCookie();
        assertThat(reply.value("result")).isEqualTo("true");
        assertThat(reply.value("user")).isEqualTo("clerk");
    }

    @Test
    void askingForAnAnonymousCallerChallenges() {
        call("ask", "", "").isUnauthorized();
    }

    @ParameterizedTest
    @Tag("A6")
    @ValueSource(
            strings = {
                "%70ostern/session",
                "/postern/session",
                "./postern/session",
                "postern/session/",
                "postern/session;x",
                "postern/./session",
                "x/../postern/session",
                "postern/%73ession"
            })
    void noWayToWriteTheEndpointSignsInWithAWrongPassword(String path) {
        browser.signIn(GUEST.root(), "clerk", "clerk-pw").has(201);

        Reply reply =
                browser.post(URI.create(GUEST.root() + path), FORM, "username=clerk&password=wrong-" + path.length());

        assertThat(reply.status()).as(reply.toString()).isIn(400, 401, 404, 405);
        assertThat(page().value("user")).isEqualTo("clerk");
    }

    @Test
    @Tag("A6")
    void wrongPasswordsOfACallerWhoIsSignedInCount() {
        call("authenticate", "manager", "manager-pw").has(200);
        Reply reply = call("authenticate", "chief", "wrong-0").has(200);
        for (int i = 1; i < 7; i++) {
            reply = call("authenticate", "chief", "wrong-" + i).has(200);
        }
        assertThat(reply.value("result")).isEqualTo("SEND_FAILURE");
        assertThat(reply.value("failure")).isEqualTo("TOO_MANY_FAILURES");
        assertThat(Integer.parseInt(reply.value("retry"))).isPositive();
    }

    @ParameterizedTest
    @Tag("C11")
    @ValueSource(strings = {"nameless", "blank", "broken-store"})
    void whatFailsIsNoWrongPassword(String name) {
        call("authenticate", name, name + "-pw").has(500);
        browser.signIn(GUEST.root(), name, name + "-pw").has(500);
    }

    @Test
    @Tag("C11")
    void groupsThatAreNoneArePassedOver() {
        Reply reply = call("authenticate", "outer-join", "outer-join-pw").has(200);
        assertThat(reply.value("result")).isEqualTo("SUCCESS");
        assertThat(reply.value("roles")).isEqualTo("[clerk]");
        assertThat(page().value("roles")).isEqualTo("[clerk]");
    }

    @Test
    @Tag("C11")
    void userWithoutGroupsSignsIn() {
        browser.signIn(GUEST.root(), "no-groups", "no-groups-pw").has(201);
        assertThat(page().value("user")).isEqualTo("no-groups");
    }

    @Test
    @Tag("C14")
    void loginOfTheServersRealmIsRefused() {
        Reply reply = call("login", "realm-user", "realm-pw").has(200);
        assertThat(reply.value("result")).isEqualTo("refused");
        assertThat(reply.value("remote")).isEqualTo("null");
    }

    @Test
    @Tag("C8")
    void identityStoresOwnPrincipalIsThereInTheRequestThatSignsIn() {
        Reply reply = call("authenticate", "employee", "employee-pw").has(200);
        assertThat(reply.value("principal")).isEqualTo("7");
        assertThat(reply.value("principals")).isEqualTo("1");
        assertThat(reply.value("caller")).isEqualTo("employee");
        assertThat(page().value("remote")).isEqualTo("employee");
    }

    @Test
    @Tag("C26")
    void nameThatTheIdentityStoreDoesNotJudgeIsAWrongOne() {
        Reply known = browser.signIn(UNJUDGED.root(), "member", "wrong-c26").isUnauthorized();
        Reply unknown = browser.signIn(UNJUDGED.root(), "stranger", "wrong-c26").isUnauthorized();
        assertThat(unknown.body()).isEqualTo(known.body());
        for (int i = 0; i < 5; i++) {
            unknown = browser.signIn(UNJUDGED.root(), "stranger", "wrong-c26");
        }
        unknown.has(429);
        assertThat(UNJUDGED.log()).containsOnlyOnce("No identity store of this application has judged");
        browser.signIn(UNJUDGED.root(), "member", "member-pw").has(201);
    }

    private Reply call(String what, String name, String password) {
        return browser.post(GUEST.uri("page"), FORM, "do=" + what + "&username=" + name + "&password=" + password);
    }

    private Reply page() {
        return browser.get(GUEST.uri("page")).has(200);
    }
}
