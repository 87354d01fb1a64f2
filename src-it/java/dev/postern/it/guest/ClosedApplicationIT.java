package dev.postern.it.guest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.it.Browser;
import dev.postern.it.OnWildFlyByDay;
import dev.postern.it.guest.closed.ClosedPageServlet;
import dev.postern.it.guest.closed.RootServlet;
import java.util.stream.Stream;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Applications that constrain everything: the endpoints are reachable all the same, as {@code j_security_check} is, and
 * nothing else.
 */
@Tag("C1")
@OnWildFlyByDay
class ClosedApplicationIT {

    @RegisterExtension
    static final Guest ROLE = guest(
            "closed-role",
            "<auth-constraint><role-name>clerk</role-name></auth-constraint>",
            "<deny-uncovered-http-methods/>");

    @RegisterExtension
    static final Guest ANY_USER = guest(
            "closed-any",
            "<auth-constraint><role-name>**</role-name></auth-constraint>"
                    + "<user-data-constraint><transport-guarantee>NONE</transport-guarantee></user-data-constraint>",
            "");

    @RegisterExtension
    static final Guest ANY_ROLE =
            guest("closed-roles", "<auth-constraint><role-name>*</role-name></auth-constraint>", "");

    @RegisterExtension
    static final Guest NOBODY = guest("closed-nobody", "<auth-constraint/>", "");

    @RegisterExtension
    static final Guest ANNOTATED = Guest.war("closed-annotated", war -> war.addClasses(RootServlet.class));

    private static Guest guest(String name, String constraint, String more) {
        return Guest.war(name, war -> war.addClasses(ClosedPageServlet.class).setWebXML(webXml(constraint, more)));
    }

    private static StringAsset webXml(String constraint, String more) {
        return new StringAsset("""
            <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">
            %s
            <security-constraint>
              <web-resource-collection>
                <web-resource-name>everything</web-resource-name><url-pattern>/*</url-pattern>
              </web-resource-collection>
              %s
            </security-constraint>
            <security-role><role-name>clerk</role-name></security-role>
            </web-app>
            """.formatted(more, constraint));
    }

    static Stream<Guest> all() {
        return Stream.of(ROLE, ANY_USER, ANY_ROLE, NOBODY, ANNOTATED);
    }

    @ParameterizedTest
    @MethodSource("all")
    void endpointsAnswerAsWithoutConstraints(Guest guest) {
        Browser browser = new Browser();
        browser.get(guest.uri("postern/session")).isUnauthorized();
        browser.get(guest.uri("postern/sessions")).isUnauthorized();
        browser.signIn(guest.root(), "clerk", "wrong").isUnauthorized();
        browser.delete(guest.uri("postern/session")).has(204);

        browser.signIn(guest.root(), "clerk", "clerk-pw").has(201);

        browser.get(guest.uri("postern/session")).has(200).hasBody().contains("\"user\":\"clerk\"");
        assertThat(browser.get(guest.uri("postern/sessions")).has(200).jsonList())
                .isNotEmpty();
        browser.signOut(guest.root()).has(204);
        browser.get(guest.uri("postern/session")).isUnauthorized();
    }

    @ParameterizedTest
    @MethodSource("all")
    void userWithoutTheRoleIsAnsweredByTheEndpointsAlone(Guest guest) {
        Browser browser = new Browser();

        browser.signIn(guest.root(), "customer", "customer-pw").has(201);

        browser.get(guest.uri("postern/session")).has(200).hasBody().contains("\"user\":\"customer\"");
        browser.get(guest.uri("postern/sessions")).has(200);
        if (guest == ROLE || guest == NOBODY || guest == ANNOTATED) {
            browser.get(guest.uri("page")).has(403);
        }
        browser.signOut(guest.root()).has(204);
    }

    @ParameterizedTest
    @MethodSource("all")
    void nothingElseBecomesReachable(Guest guest) {
        Browser browser = new Browser();
        for (String path : new String[] {
            "page",
            "postern/session/",
            "postern/session/page",
            "postern/../page",
            "postern",
            "postern/session;a=b/../page",
            "postern/page"
        }) {
            assertThat(browser.get(guest.uri(path)).status()).as(path).isIn(401, 403, 404);
            assertThat(browser.get(guest.uri(path)).body()).as(path).doesNotContain("page of");
        }
        if (guest != NOBODY) {
            browser.signIn(guest.root(), "clerk", "clerk-pw").has(201);
            browser.get(guest.uri("page")).has(200).hasBody().contains("page of clerk");
        }
    }
}
