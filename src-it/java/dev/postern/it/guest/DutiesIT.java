package dev.postern.it.guest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.it.Browser;
import dev.postern.it.OnPayaraByDay;
import dev.postern.it.Rig;
import dev.postern.it.guest.duties.Duties;
import java.util.List;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One question, one answer: which roles a caller has is the container's to say, with a mapping in a descriptor and
 * without one.
 */
@OnPayaraByDay
@Tag("C9")
class DutiesIT {

    private static final String GLASSFISH = """
        <glassfish-web-app>
          <security-role-mapping><role-name>editor</role-name><group-name>clerk</group-name></security-role-mapping>
        </glassfish-web-app>
        """;
    private static final String JBOSS = """
        <jboss-web xmlns="urn:jboss:domain:jboss-web:14.1">
          <security-role><role-name>editor</role-name><principal-name>clerk</principal-name></security-role>
        </jboss-web>
        """;

    private static final List<String> BOTH = List.of("user=true bean=true", "user=false bean=false");

    @RegisterExtension
    static final Guest PLAIN = Guest.war("duties", DutiesIT::plain);

    @RegisterExtension
    static final Guest MAPPED = Guest.war("mapped", DutiesIT::mapped);

    private static WebArchive plain(WebArchive war) {
        return war.addPackage(Duties.class.getPackage());
    }

    private static WebArchive mapped(WebArchive war) {
        return plain(war)
                .addAsWebInfResource(new StringAsset(GLASSFISH), "glassfish-web.xml")
                .addAsWebInfResource(new StringAsset(JBOSS), "jboss-web.xml");
    }

    /**
     * Manager stands in no annotation, and nothing has that name. On WildFly a mapping in {@code jboss-web.xml} is for
     * servlets and JAX-RS alone.
     */
    @ParameterizedTest
    @ValueSource(strings = {"clerk", "editor", "manager", "customer", "nothing", "*"})
    void everyoneSaysTheSame(String role) {
        for (Guest guest : List.of(PLAIN, MAPPED)) {
            for (String user : List.of("clerk", "manager", "chief", "customer")) {
                String said = ask(guest, user, "api/duties?role=" + role.replace("*", "%2A"));
                boolean isMappedForServletsOnly = Rig.onWildFly() && guest == MAPPED && role.equals("editor");
                assertThat(isMappedForServletsOnly ? said.replaceFirst(" security=\\w+", "") : said)
                        .as(guest.root() + " of " + user)
                        .isIn(
                                "user=true servlet=true rest=true security=true roles=true",
                                "user=false servlet=false rest=false security=false roles=false",
                                "user=true servlet=true rest=true roles=true",
                                "user=false servlet=false rest=false roles=false");
            }
        }
    }

    @Test
    void everySignedInUserIsInTheRoleOfAll() {
        assertThat(ask(PLAIN, "clerk", "api/duties?role=%2A%2A")).startsWith("user=true servlet=true rest=true");
    }

    /** WildFly keeps mappings of enterprise beans apart, in {@code jboss-ejb3.xml}. */
    @Test
    void enterpriseBeanSaysTheSameOfTheRolesThatItDeclares() {
        for (Guest guest : List.of(PLAIN, MAPPED)) {
            for (String user : List.of("clerk", "manager")) {
                assertThat(ask(guest, user, "api/duties/bean?role=clerk")).isIn(BOTH);
            }
        }
        if (!Rig.onWildFly()) {
            assertThat(ask(MAPPED, "clerk", "api/duties/bean?role=editor")).isIn(BOTH);
        }
    }

    @Test
    void groupsAreThoseOfTheIdentityStoreWhateverIsMapped() {
        assertThat(ask(PLAIN, "chief", "api/duties/groups")).isEqualTo("[clerk, manager]");
        assertThat(ask(MAPPED, "chief", "api/duties/groups")).isEqualTo("[clerk, manager]");
    }

    @Test
    void declaredRolesAreTheUsersWhereNoMappingIs() {
        assertThat(ask(PLAIN, "clerk", "api/duties?role=clerk")).startsWith("user=true");
        assertThat(ask(PLAIN, "customer", "api/duties?role=customer")).startsWith("user=true");
        assertThat(ask(PLAIN, "chief", "api/duties?role=manager")).startsWith("user=" + Rig.onWildFly());
    }

    @Test
    void resourcesDemandTheMappedRoles() {
        browser(MAPPED, "clerk").get(MAPPED.uri("api/duties/editor")).has(200);
        browser(MAPPED, "manager").get(MAPPED.uri("api/duties/editor")).has(403);
        browser(PLAIN, "clerk").get(PLAIN.uri("api/duties/editor")).has(403);
        browser(PLAIN, "clerk").get(PLAIN.uri("api/duties/clerk")).has(200);
    }

    private static String ask(Guest guest, String user, String path) {
        return browser(guest, user).get(guest.uri(path)).has(200).body();
    }

    private static Browser browser(Guest guest, String user) {
        Browser browser = new Browser();
        browser.signIn(guest.root(), user, user + "-pw").has(201);
        return browser;
    }
}
