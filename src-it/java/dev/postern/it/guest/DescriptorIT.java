package dev.postern.it.guest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.it.Browser;
import dev.postern.it.OnWildFlyByDay;
import dev.postern.it.Reply;
import dev.postern.it.Rig;
import dev.postern.it.app.GuardedServlet;
import dev.postern.it.app.Orders;
import dev.postern.it.app.TestApplication;
import dev.postern.it.guest.login.JwtApplication;
import java.util.Map;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Descriptors and annotations that take something away from Postern, or ask the server for something beside it. */
@OnWildFlyByDay
class DescriptorIT {

    @RegisterExtension
    static final Guest LEFT_OUT = web("leftout", "", "<absolute-ordering/>");

    @RegisterExtension
    static final Guest NAMED = web("named", "", "<absolute-ordering><name>postern</name></absolute-ordering>");

    @RegisterExtension
    static final Guest COMPLETE = web("complete", " metadata-complete=\"true\"", "");

    @RegisterExtension
    static final Guest BASIC =
            web("basic", "", "<login-config><auth-method>BASIC</auth-method><realm-name>x</realm-name></login-config>");

    @RegisterExtension
    static final Guest JWT = Guest.war("jwt", war -> war.addClasses(JwtApplication.class, Orders.class), Map.of())
            .perhapsRefused();

    @RegisterExtension
    static final Guest STRANGERS = inDomain("strangers");

    @RegisterExtension
    static final Guest NOWHERE = inDomain("nowhere");

    private static Guest web(String name, String attributes, String content) {
        String descriptor = "<web-app xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"6.0\"" + attributes + ">"
                + content + "</web-app>";
        return Guest.war(name, war -> classes(war).setWebXML(new StringAsset(descriptor)), Map.of())
                .perhapsRefused();
    }

    private static Guest inDomain(String domain) {
        String descriptor = "<jboss-web><security-domain>" + domain + "</security-domain></jboss-web>";
        return Guest.war(
                        domain,
                        war -> classes(war).addAsWebInfResource(new StringAsset(descriptor), "jboss-web.xml"),
                        Map.of())
                .perhapsRefused();
    }

    private static WebArchive classes(WebArchive war) {
        return war.addClasses(TestApplication.class, Orders.class, GuardedServlet.class);
    }

    @Test
    @Tag("C16")
    void orderingThatLeavesTheJarOutStopsTheDeployment() {
        assertThat(LEFT_OUT.isDeployed()).isFalse();
        assertThat(LEFT_OUT.log())
                .contains("the <absolute-ordering> of its web.xml leaves the jar out. Add <name>postern</name>");
    }

    /** GlassFish starts the initializer of a named jar, and not its CDI extension (GF-03): nothing is deployed unguarded. */
    @Test
    @Tag("C16")
    void orderingThatNamesTheJarStartsIt() {
        if (Rig.onGlassFish()) {
            assertThat(NAMED.isDeployed()).isFalse();
            assertThat(NAMED.log()).contains("WELD-001408: Unsatisfied dependencies for type PosternExtension");
            return;
        }
        assertThat(NAMED.isDeployed()).as(NAMED.log()).isTrue();
        works(NAMED);
    }

    @Test
    @Tag("C16")
    void completeDescriptorChangesNothing() {
        assertThat(COMPLETE.isDeployed()).as(COMPLETE.log()).isTrue();
        Browser browser = new Browser();
        browser.get(COMPLETE.uri("postern/session")).isUnauthorized();
        browser.signIn(COMPLETE.root(), "clerk", "clerk-pw").has(201);
        browser.get(COMPLETE.uri("postern/session")).has(200);
    }

    @Test
    @Tag("C15")
    void otherLoginOfTheDescriptorStopsTheDeployment() {
        assertThat(BASIC.isDeployed()).isFalse();
        assertThat(BASIC.log())
                .contains("BASIC (<login-config> of WEB-INF/web.xml), which is never used beside Postern");
    }

    /** WildFly adds a mechanism for it, which is refused as every other one is. */
    @Test
    @Tag("C15")
    void otherLoginOfAnAnnotationStopsTheDeployment() {
        assertThat(JWT.isDeployed()).isFalse();
        assertThat(JWT.log()).containsAnyOf("MP-JWT (@LoginConfig of ", "JWTHttpAuthenticationMechanism, beside");
    }

    @Test
    @Tag("C19")
    void securityDomainInUseIsTheOneThatIsNamed() {
        assertThat(STRANGERS.isDeployed()).as(STRANGERS.log()).isTrue();
        if (!Rig.onWildFly()) {
            works(STRANGERS);
            return;
        }
        String sentence =
                "No user can sign in: WildFly's application-security-domain 'strangers' has integrated-jaspi=true";
        assertThat(STRANGERS.log()).containsOnlyOnce(sentence);
        Browser browser = new Browser();
        browser.get(STRANGERS.uri("guarded")).isUnauthorized();
        String json = "{\"username\":\"clerk\",\"password\":\"clerk-pw\"}";
        Reply refused = browser.post(STRANGERS.uri("postern/session"), "application/json", json)
                .has(503)
                .changesNoCookie();
        assertThat(refused.header("Content-Type")).startsWith("application/problem+json");
        assertThat(refused.header("Retry-After")).isEqualTo("1");
        browser.get(STRANGERS.uri("postern/session")).isUnauthorized();
    }

    /** WildFly guards no servlet of an application whose domain it does not know. */
    @Test
    @Tag("C19")
    void securityDomainThatTheServerDoesNotKnowStopsTheDeployment() {
        if (Rig.onWildFly()) {
            assertThat(NOWHERE.isDeployed()).isFalse();
            assertThat(NOWHERE.log()).contains("WildFly has no application-security-domain 'nowhere'");
        } else {
            works(NOWHERE);
        }
    }

    private static void works(Guest guest) {
        Browser browser = new Browser();
        browser.get(guest.uri("api/orders")).isUnauthorized();
        browser.get(guest.uri("guarded")).isUnauthorized();
        browser.signIn(guest.root(), "clerk", "clerk-pw").has(201);
        browser.get(guest.uri("api/orders")).has(200);
        browser.get(guest.uri("guarded")).has(200);
        new Browser().signIn(guest.root(), "customer", "customer-pw").has(201);
    }
}
