package dev.postern.it.guest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.it.Browser;
import dev.postern.it.Reply;
import dev.postern.it.app.ContainerSessionServlet;
import dev.postern.it.app.TestApplication;
import dev.postern.it.app.Users;
import dev.postern.it.guest.calls.SignInPageServlet;
import dev.postern.it.guest.members.Members;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An application with a sign-in page of its own: what the calls of the specifications do in it. */
class CallsIT {

    private static final String FORM = "application/x-www-form-urlencoded";

    private static final String PAGE = """
        <!DOCTYPE html>
        <html xmlns="http://www.w3.org/1999/xhtml" xmlns:h="jakarta.faces.html" xmlns:f="jakarta.faces.core">
        <h:head/>
        <h:body>
          <h:form id="f">
            <h:inputText id="name" value="#{page.name}"/>
            <h:inputSecret id="password" value="#{page.password}"/>
            <h:commandButton id="enter" action="#{page.enter}" value="enter"/>
            <h:commandButton id="prove" action="#{page.prove}" value="prove"/>
            <h:outputText id="result" value="result=#{page.result};"/>
          </h:form>
        </h:body>
        </html>
        """;

    @RegisterExtension
    static final Guest GUEST = Guest.war(
            "calls",
            war -> war.addPackage(SignInPageServlet.class.getPackage())
                    .addClasses(ContainerSessionServlet.class, TestApplication.class)
                    .addAsWebResource(new StringAsset(PAGE), "page.xhtml"));

    @RegisterExtension
    static final Guest UNJUDGED =
            Guest.war("unjudged", war -> war.deleteClass(Users.class).addPackage(Members.class.getPackage()));

    private final Browser browser = new Browser();

    @Test
    @Tag("C5")
    void failedCallLeavesThePageItsStatus() {
        Reply reply = call("authenticate", "nobody", "wrong-c5").has(200).changesNoCookie();
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
    void wrongPasswordIsRefusedOnAnInjectedRequestToo() {
        call("authenticate-injected", "manager", "manager-pw").has(200);
        assertThat(page().value("user")).isEqualTo("manager");

        Reply reply = call("authenticate-injected", "manager", "wrong-a6").has(200);

        assertThat(reply.value("result")).isEqualTo("SEND_FAILURE");
        assertThat(reply.value("remote")).isEqualTo("manager");
        call("authenticate-injected", "broken-store", "broken-store-pw").has(500);
    }

    @Test
    @Tag("A6")
    void wrongPasswordIsRefusedInARequestThatKeepsItsAttributesToItself() {
        call("authenticate-wrapped", "clerk", "wrong-a6").has(200);
        assertThat(call("authenticate-wrapped", "clerk", "clerk-pw").has(200).value("result"))
                .isEqualTo("SUCCESS");
        assertThat(page().value("user")).isEqualTo("clerk");

        Reply reply = call("authenticate-wrapped", "clerk", "wrong-a6").has(200);

        assertThat(reply.value("result")).isEqualTo("SEND_FAILURE");
        assertThat(reply.value("failure")).isEqualTo("WRONG_CREDENTIAL");
        assertThat(reply.value("remote")).isEqualTo("clerk");
    }

    @Test
    @Tag("A6")
    void wrongCredentialsOfTheApplicationsOwnKindCountForTheNameThatTheySay() {
        assertThat(call("pin", "pinned", "4711").has(200).value("result")).isEqualTo("SUCCESS");
        Reply reply = call("pin", "guessed", "0000").has(200);
        for (int i = 1; i < 7; i++) {
            reply = call("pin", "guessed", "000" + i).has(200);
        }
        assertThat(reply.value("failure")).isEqualTo("TOO_MANY_FAILURES");
    }

    @Test
    @Tag("A6")
    void endpointToWhichAFormIsForwardedReadsItsFields() {
        call("forward", "clerk", "wrong-a6").isUnauthorized();
        call("forward", "clerk", "clerk-pw").has(201);
        assertThat(page().value("user")).isEqualTo("clerk");
        assertThat(browser.post(GUEST.uri("page?do=forward&password=clerk-pw"), FORM, "username=clerk")
                        .status())
                .isEqualTo(400);
        call("forward&with=username%3Dclerk", "", "clerk-pw").has(400);
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
        browser.signIn(GUEST.root(), "customer", "customer-pw").has(201);

        Reply reply = browser.post(
                URI.create(GUEST.root() + path), FORM, "username=customer&password=wrong-" + path.length());

        assertThat(reply.status()).as(reply.toString()).isIn(400, 401, 404, 405, 429);
        assertThat(page().value("user")).isEqualTo("customer");
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

    @Test
    @Tag("C5")
    void failedCallInAFacesPageLeavesItItsStatus() {
        Reply reply = submit("enter", "clerk", "wrong-faces", "").has(200);
        reply.hasBody().contains("result=SEND_FAILURE WRONG_CREDENTIAL;");

        submit("enter", "clerk", "clerk-pw", "").has(200).hasBody().contains("result=SUCCESS fine;");
        assertThat(page().value("user")).isEqualTo("clerk");
    }

    @Test
    @Tag("C5")
    void failedCallInAnAjaxRequestOfAFacesPageLeavesItItsStatus() {
        String ajax = "&jakarta.faces.partial.ajax=true&jakarta.faces.source=f:enter&jakarta.faces.partial.event=click"
                + "&jakarta.faces.partial.execute=f&jakarta.faces.partial.render=f";
        Reply reply = submit("enter", "nobody", "wrong-ajax", ajax).has(200);
        reply.hasBody().contains("<partial-response").contains("result=SEND_FAILURE WRONG_CREDENTIAL;");
    }

    @Test
    @Tag("item-7")
    void provenUserIsSignedInFromAFacesPage() {
        submit("prove", "faces-user", "", "").has(200).hasBody().contains("result=SIGNED_IN;");
        assertThat(page().value("user")).isEqualTo("faces-user");
    }

    @Test
    @Tag("item-7")
    void provenUserIsTheCallerOfTheRequestAndOfThoseThatFollow() {
        Reply reply = callback("begin&name=proven").has(200);
        assertThat(reply.value("result")).isEqualTo("SIGNED_IN");
        assertThat(reply.value("user")).isEqualTo("proven");
        assertThat(reply.value("remote")).isEqualTo("proven");
        assertThat(reply.value("groups")).isEqualTo("[clerk]");
        assertThat(reply.value("attributes")).isEqualTo("{provider=somewhere}");
        reply.hasSetCookies().hasSize(1);

        assertThat(page().value("user")).isEqualTo("proven");
        assertThat(page().value("remote")).isEqualTo("proven");
        assertThat(callback("fetch").has(200).value("result")).isEqualTo("proven");
        assertThat(GUEST.log()).contains("session_created");
    }

    @Test
    @Tag("item-7")
    void provenUserTakesTheRequestOverFromAnother() {
        browser.signIn(GUEST.root(), "customer", "customer-pw").has(201);
        Browser former = browser.copy();

        Reply reply = callback("begin&name=proven").has(200);

        assertThat(reply.value("user")).isEqualTo("proven");
        assertThat(reply.value("remote")).isEqualTo("proven");
        assertThat(former.get(GUEST.uri("page")).has(200).value("user")).isEmpty();
    }

    @Test
    @Tag("item-7")
    void provenUserComesFromAnotherSitesPage() {
        browser.sending("Sec-Fetch-Site", "cross-site").sending("Sec-Fetch-Mode", "navigate");
        assertThat(callback("begin&name=proven").has(200).value("result")).isEqualTo("SIGNED_IN");
    }

    @Test
    @Tag("item-7")
    @Tag("C8")
    void provenUsersOwnPrincipalIsThereInTheRequest() {
        assertThat(callback("employee").has(200).value("principal")).isEqualTo("9");
        assertThat(page().value("remote")).isEqualTo("employee");
    }

    @Test
    @Tag("item-7")
    void endSignsOut() {
        callback("begin&name=proven").has(200);
        Browser thief = browser.copy();

        Reply reply = callback("end").has(200);

        assertThat(reply.value("result")).isEqualTo("done");
        assertThat(reply.value("user")).isEmpty();
        reply.hasSetCookies().hasSize(1);
        assertThat(thief.get(GUEST.uri("page")).has(200).value("user")).isEmpty();
        assertThat(callback("end").has(200).value("result")).isEqualTo("done");
    }

    @Test
    @Tag("item-7")
    void signInAfterTheResponseWasWrittenSaysSo() {
        assertThat(callback("late").has(200).value("result")).startsWith("Sign in before the response is written");
        assertThat(page().value("user")).isEmpty();
    }

    @Test
    @Tag("item-7")
    void provenUserIsSignedInFromAResource() {
        browser.get(GUEST.uri("api/link")).has(200).hasBody().isEqualTo("SIGNED_IN linked linked");
        assertThat(page().value("user")).isEqualTo("linked");
    }

    @Test
    @Tag("A10")
    void containersSessionIsInvalidatedForAnotherUserWhoseCookieIsGone() {
        String basket = basketOf("clerk");
        Browser bob = new Browser();

        bob.sending("Cookie", basket)
                .signIn(GUEST.root(), "customer", "customer-pw")
                .has(201);

        assertThat(Browser.getWith(GUEST.uri("basket"), basket + "; " + bob.sessionCookie())
                        .has(200)
                        .body())
                .isEqualTo("none");
        assertThat(browser.get(GUEST.uri("basket")).has(200).body()).isEqualTo("none");
    }

    @Test
    @Tag("A10")
    void containersSessionIsInvalidatedForTheSessionOfAnotherUser() {
        String basket = basketOf("clerk");
        Browser bob = new Browser();
        bob.signIn(GUEST.root(), "customer", "customer-pw").has(201);

        assertThat(Browser.getWith(GUEST.uri("basket"), basket + "; " + bob.sessionCookie())
                        .has(200)
                        .body())
                .isEqualTo("none");
    }

    @Test
    @Tag("A10")
    void containersSessionEndsWithTheSession() {
        basketOf("clerk");
        Browser other = new Browser();
        other.signIn(GUEST.root(), "clerk", "clerk-pw").has(201);
        other.delete(GUEST.uri("postern/sessions?others")).has(204);

        assertThat(browser.get(GUEST.uri("basket")).has(200).body()).isEqualTo("none");
    }

    @Test
    @Tag("A10")
    void containersSessionIsNotReadWithoutTheCookieOfItsUser() {
        String basket = basketOf("clerk");
        assertThat(Browser.getWith(GUEST.uri("basket"), basket).has(200).body()).isEqualTo("none");
    }

    @Test
    @Tag("A10")
    void basketOfAVisitorStaysAtTheFirstSignIn() {
        browser.post(GUEST.uri("basket"), FORM, "").has(200);
        browser.signIn(GUEST.root(), "clerk", "clerk-pw").has(201);
        assertThat(browser.get(GUEST.uri("basket")).has(200).body()).isEqualTo("apples");
        assertThat(browser.get(GUEST.uri("basket")).has(200).body()).isEqualTo("apples");
    }

    @Test
    @Tag("A10")
    void basketStaysWhenItsUserSignsInAgain() {
        basketOf("clerk");
        browser.signIn(GUEST.root(), "clerk", "clerk-pw").has(201);
        assertThat(browser.get(GUEST.uri("basket")).has(200).body()).isEqualTo("apples");
    }

    /** The cookie of the container's session that a user has filled. */
    private String basketOf(String user) {
        browser.signIn(GUEST.root(), user, user + "-pw").has(201);
        browser.post(GUEST.uri("basket"), FORM, "").has(200).hasBody().isEqualTo("apples");
        assertThat(browser.get(GUEST.uri("basket")).has(200).body()).isEqualTo("apples");
        return "JSESSIONID=" + browser.cookie("JSESSIONID").orElseThrow();
    }

    private Reply submit(String button, String name, String password, String more) {
        Reply form = browser.get(GUEST.uri("page.xhtml")).has(200);
        Matcher state = Pattern.compile("name=\"jakarta.faces.ViewState\"[^>]* value=\"([^\"]*)\"")
                .matcher(form.body());
        assertThat(state.find()).as(form.toString()).isTrue();
        if (!more.isEmpty()) {
            browser.sending("Faces-Request", "partial/ajax");
        }
        return browser.post(
                GUEST.uri("page.xhtml"),
                FORM,
                "f=f&f:name=" + name + "&f:password=" + password + "&f:" + button + "=x&jakarta.faces.ViewState="
                        + URLEncoder.encode(state.group(1), StandardCharsets.UTF_8) + more);
    }

    private Reply callback(String what) {
        return browser.get(GUEST.uri("callback?do=" + what));
    }

    private Reply call(String what, String name, String password) {
        return browser.post(GUEST.uri("page"), FORM, "do=" + what + "&username=" + name + "&password=" + password);
    }

    private Reply page() {
        return browser.get(GUEST.uri("page")).has(200);
    }
}
