package dev.postern.it.guest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.it.Browser;
import dev.postern.it.OnWildFlyByDay;
import dev.postern.it.Reply;
import dev.postern.it.app.CallerBean;
import dev.postern.it.app.Orders;
import dev.postern.it.app.StandardServlet;
import dev.postern.it.app.TestApplication;
import dev.postern.it.app.WhoServlet;
import dev.postern.it.guest.ways.BadgeMechanism;
import dev.postern.it.guest.ways.BasicWay;
import dev.postern.it.guest.ways.CustomFormWay;
import dev.postern.it.guest.ways.FormWay;
import dev.postern.it.guest.ways.LoginServlet;
import dev.postern.it.guest.ways.OrderServlet;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Applications with a way of their own to sign in. It proves who somebody is, and Postern keeps the login. */
@OnWildFlyByDay
class AnyMechanismIT {

    private static final String FORM_DATA = "application/x-www-form-urlencoded";

    @RegisterExtension
    static final Guest BADGE = Guest.war(
            "badge", war -> classes(war).addClasses(BadgeMechanism.class), Map.of("postern.remember.enabled", "true"));

    @RegisterExtension
    static final Guest BASIC = Guest.war(
            "basicway", war -> classes(war).addClasses(BasicWay.class), Map.of("postern.session.max-per-user", "3"));

    @RegisterExtension
    static final Guest FORM = Guest.war("formway", war -> classes(war).addClasses(FormWay.class));

    @RegisterExtension
    static final Guest CUSTOM = Guest.war("customway", war -> classes(war).addClasses(CustomFormWay.class));

    @RegisterExtension
    static final Guest TWO = Guest.war("twoways", war -> classes(war).addClasses(BadgeMechanism.class, BasicWay.class))
            .perhapsRefused();

    private final Browser browser = new Browser();

    private static WebArchive classes(WebArchive war) {
        return war.addClasses(
                OrderServlet.class,
                LoginServlet.class,
                WhoServlet.class,
                CallerBean.class,
                StandardServlet.class,
                TestApplication.class,
                Orders.class);
    }

    @Test
    void applicationsOwnMechanismIsAskedOnceAndTheSessionKeepsTheLogin() {
        Reply challenge = browser.get(BADGE.uri("order")).has(401).changesNoCookie();
        assertThat(challenge.headers("WWW-Authenticate")).containsExactly("Badge");
        Reply proven = badge("clerk").get(BADGE.uri("order")).has(200);
        assertThat(proven.value("user")).isEqualTo("clerk");
        assertThat(proven.value("container")).isEqualTo("clerk");
        proven.hasSetCookies().hasSize(1);
        browser.receive(proven);

        Reply kept = browser.get(BADGE.uri("order")).has(200).changesNoCookie();
        assertThat(kept.value("user")).isEqualTo("clerk");
        assertThat(kept.value("container")).isEqualTo("clerk");
        assertThat(kept.headers("Badge-Asked")).isEmpty();
        assertThat(browser.get(BADGE.uri("api/orders")).has(200).body()).contains("orders for clerk");
        assertThat(browser.get(BADGE.uri("postern/session")).has(200).json().getString("user"))
                .isEqualTo("clerk");
        assertThat(badge("customer").get(BADGE.uri("order")).status()).isEqualTo(403);
    }

    @Test
    void openResourcesAreOpenToCallersWhomTheMechanismDoesNotKnow() {
        Reply reply = browser.get(BADGE.uri("who")).has(200).changesNoCookie();
        assertThat(reply.value("user")).isEmpty();
        assertThat(reply.headers("Badge-Asked")).containsExactly("yes");
        browser.get(BADGE.uri("api/orders")).isUnauthorized();
    }

    @Test
    void loginWhoseAnswerIsARedirectIsKeptToo() {
        Browser arriving = badge("clerk").sending("Badge-Then", "redirect");
        Reply redirect = arriving.get(BADGE.uri("order")).has(302);
        assertThat(redirect.header("Location")).endsWith("/badge/who");
        redirect.hasSetCookies().hasSize(1);
        browser.receive(redirect);
        assertThat(browser.get(BADGE.uri("who")).has(200).value("user")).isEqualTo("clerk");
    }

    @Test
    void proofThatTheMechanismTakesBackBeginsNothing() {
        badge("clerk")
                .sending("Badge-Then", "refuse")
                .get(BADGE.uri("who"))
                .has(403)
                .changesNoCookie();
        Reply open = badge("clerk")
                .sending("Badge-Then", "change-its-mind")
                .get(BADGE.uri("who"))
                .has(200)
                .changesNoCookie();
        assertThat(open.value("user")).isEmpty();
        Reply failed = badge("clerk").sending("Badge-Then", "throw").get(BADGE.uri("who"));
        assertThat(failed.status()).isGreaterThanOrEqualTo(400);
        failed.changesNoCookie();
    }

    @Test
    void signOutEndsBoth() {
        browser.receive(badge("clerk").get(BADGE.uri("who")).has(200));
        Browser copy = browser.copy();
        Reply out = browser.signOut(BADGE.root()).has(204);
        assertThat(out.headers("Badge-Forgotten")).containsExactly("yes");
        assertThat(browser.hasSessionCookie()).isFalse();
        assertThat(copy.get(BADGE.uri("order")).has(401).headers("WWW-Authenticate"))
                .containsExactly("Badge");

        browser.receive(badge("clerk").get(BADGE.uri("who")).has(200));
        Reply loggedOut =
                browser.post(BADGE.uri("standard"), FORM_DATA, "do=out").has(200);
        assertThat(loggedOut.headers("Badge-Forgotten")).containsExactly("yes");
        assertThat(browser.get(BADGE.uri("who")).has(200).value("user")).isEmpty();
    }

    @Test
    void sessionThatWasEndedElsewhereIsEndedAndTheMechanismIsAskedAgain() {
        browser.receive(badge("clerk").get(BADGE.uri("who")).has(200));
        String former = browser.sessionCookie();
        Browser other = new Browser();
        other.receive(badge("clerk").get(BADGE.uri("who")).has(200));
        other.delete(BADGE.uri("postern/sessions?others")).has(204);

        browser.get(BADGE.uri("order")).has(401);

        Reply again = browser.sending("Badge", "clerk").get(BADGE.uri("order")).has(200);
        again.hasSetCookies().hasSize(1);
        assertThat(browser.sessionCookie()).isNotEqualTo(former);
    }

    @Test
    void mechanismMayAskForTheLoginToBeRemembered() {
        Reply reply = badge("clerk")
                .sending("Badge-Remember", "yes")
                .get(BADGE.uri("who"))
                .has(200);
        assertThat(reply.setCookies().get(0)).contains("Max-Age=");
    }

    @Test
    void pageOfAnotherSiteCannotSignItsVisitorsIn() {
        Reply reply = badge("clerk")
                .sending("Sec-Fetch-Site", "cross-site")
                .post(BADGE.uri("order"), FORM_DATA, "item=pen")
                .has(403)
                .changesNoCookie();
        assertThat(reply.body()).doesNotContain("method=");
    }

    @Test
    void endpointSignsNobodyInBesideAnotherWay() {
        Reply reply = browser.signIn(BADGE.root(), "clerk", "clerk-pw").has(405).changesNoCookie();
        assertThat(reply.header("Allow")).isEqualTo("GET, HEAD, DELETE, OPTIONS");
    }

    @Test
    void basicAuthenticationProvesOnce() {
        assertThat(browser.get(BASIC.uri("order")).has(401).headers("WWW-Authenticate"))
                .containsExactly("Basic realm=\"shop\"");
        basic("clerk", "wrong").get(BASIC.uri("order")).has(401).changesNoCookie();
        Reply proven = basic("clerk", "clerk-pw").get(BASIC.uri("order")).has(200);
        proven.hasSetCookies().hasSize(1);
        browser.receive(proven);
        assertThat(browser.get(BASIC.uri("order")).has(200).changesNoCookie().value("user"))
                .isEqualTo("clerk");
        Browser both = browser.copy().sending("Authorization", "Basic " + encoded("manager:manager-pw"));
        assertThat(both.get(BASIC.uri("order")).has(200).changesNoCookie().value("user"))
                .isEqualTo("clerk");
    }

    @Test
    void clientThatProvesItselfInEachRequestHasAsManySessionsAsAUserMayHave() {
        for (int i = 0; i < 5; i++) {
            basic("chief", "chief-pw")
                    .get(BASIC.uri("order"))
                    .has(200)
                    .hasSetCookies()
                    .hasSize(1);
        }
        Browser chief = basic("chief", "chief-pw");
        chief.get(BASIC.uri("order")).has(200);
        assertThat(chief.get(BASIC.uri("postern/sessions")).has(200).jsonList()).hasSize(3);
    }

    @Test
    void formLeadsBackToThePageThatWasAskedFor() {
        Reply asked = browser.get(FORM.uri("order?item=pen")).has(302);
        assertThat(asked.header("Location")).endsWith("/formway/login");
        browser.get(FORM.uri("login")).has(200).hasBody().startsWith("login page");
        Reply wrong = check("clerk", "wrong").has(302).changesNoSessionCookie();
        assertThat(wrong.header("Location")).endsWith("/formway/login?failed");

        browser.get(FORM.uri("order?item=pen")).has(302);
        Reply right = check("clerk", "clerk-pw").has(302);
        assertThat(right.header("Location")).endsWith("/formway/order?item=pen");
        assertThat(browser.hasSessionCookie()).isTrue();
        Reply back = browser.get(FORM.uri("order?item=pen")).has(200);
        assertThat(back.value("user")).isEqualTo("clerk");
        assertThat(back.value("container")).isEqualTo("clerk");
        assertThat(back.value("item")).isEqualTo("pen");
    }

    /** As on a node that has nothing but the cluster's sessions. */
    @Test
    void formNeedsTheContainersSessionOnlyUntilItHasProvenTheUser() {
        browser.get(FORM.uri("order")).has(302);
        check("clerk", "clerk-pw").has(302);
        Browser elsewhere = new Browser().sending("Cookie", browser.sessionCookie());
        assertThat(elsewhere.get(FORM.uri("order")).has(200).value("user")).isEqualTo("clerk");
        browser.signOut(FORM.root()).has(204);
        elsewhere.get(FORM.uri("order")).has(302);
    }

    @Test
    void whatWasPostedBeforeTheFormIsPostedAfterIt() {
        browser.post(FORM.uri("order"), FORM_DATA, "item=ink").has(302);
        check("clerk", "clerk-pw").has(302);
        Reply back = browser.get(FORM.uri("order")).has(200);
        assertThat(back.value("method")).isEqualTo("POST");
        assertThat(back.value("item")).isEqualTo("ink");
        assertThat(back.value("user")).isEqualTo("clerk");
        assertThat(browser.get(FORM.uri("order")).has(200).value("method")).isEqualTo("GET");
    }

    @Test
    void formOfAnotherSiteSignsNobodyIn() {
        new Browser()
                .sending("Sec-Fetch-Site", "cross-site")
                .post(FORM.uri("j_security_check"), FORM_DATA, "j_username=clerk&j_password=clerk-pw")
                .has(403)
                .changesNoCookie();
    }

    /** What a server keeps to go on with after the form must not come from elsewhere. */
    @Test
    void whatAnotherSitesPageHasPostedIsNotPostedAfterTheForm() {
        browser.get(FORM.uri("order?item=pen")).has(302);
        browser.copy()
                .sending("Sec-Fetch-Site", "cross-site")
                .post(FORM.uri("order"), FORM_DATA, "item=ink")
                .has(403);
        check("clerk", "clerk-pw").has(302);
        assertThat(browser.get(FORM.uri("order?item=pen")).has(200).value("method"))
                .isEqualTo("GET");
    }

    @Test
    void proofThatWasRefusedIsNotKept() {
        browser.get(FORM.uri("order")).has(302);
        browser.copy()
                .sending("Sec-Fetch-Site", "cross-site")
                .post(FORM.uri("j_security_check"), FORM_DATA, "j_username=clerk&j_password=clerk-pw")
                .has(403)
                .changesNoSessionCookie();
        browser.get(FORM.uri("order")).has(302).changesNoSessionCookie();
    }

    @Test
    void customFormLeadsBackToThePageThatWasAskedFor() {
        browser.get(CUSTOM.uri("order")).has(200).hasBody().startsWith("login page");
        Reply wrong = login("clerk", "wrong", "").has(200).changesNoSessionCookie();
        wrong.hasBody().contains("SEND_FAILURE");
        Reply right = login("clerk", "clerk-pw", "").has(302);
        assertThat(right.header("Location")).endsWith("/customway/order");
        assertThat(browser.get(CUSTOM.uri("order")).has(200).value("user")).isEqualTo("clerk");
        String former = browser.sessionCookie();

        login("customer", "customer-pw", "&new=yes").has(200).hasBody().contains("SUCCESS");

        assertThat(browser.sessionCookie()).isNotEqualTo(former);
        assertThat(browser.get(CUSTOM.uri("who")).has(200).value("user")).isEqualTo("customer");
    }

    @Test
    void twoWaysOfSigningInStopTheDeployment() {
        assertThat(TWO.isDeployed()).isFalse();
        assertThat(TWO.log())
                .contains("This application has several authentication mechanisms")
                .contains(BadgeMechanism.class.getName());
    }

    private Reply check(String name, String password) {
        return browser.post(FORM.uri("j_security_check"), FORM_DATA, "j_username=" + name + "&j_password=" + password);
    }

    private Reply login(String name, String password, String more) {
        return browser.post(CUSTOM.uri("login"), FORM_DATA, "name=" + name + "&password=" + password + more);
    }

    private static Browser badge(String name) {
        return new Browser().sending("Badge", name);
    }

    private static Browser basic(String name, String password) {
        return new Browser().sending("Authorization", "Basic " + encoded(name + ":" + password));
    }

    private static String encoded(String credentials) {
        return Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
    }
}
