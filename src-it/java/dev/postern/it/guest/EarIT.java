package dev.postern.it.guest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.it.Browser;
import dev.postern.it.Libraries;
import dev.postern.it.Reply;
import dev.postern.it.Rig;
import dev.postern.it.app.GuardedServlet;
import dev.postern.it.app.Orders;
import dev.postern.it.app.TestApplication;
import dev.postern.it.guest.ear.Stock;
import dev.postern.it.guest.ear.StockServlet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** EARs, with the jar in each web module or in their lib directory. Payara Micro deploys none. */
class EarIT {

    /** The jar in the lib directory, for one web module without libraries, beside an EJB module. */
    @RegisterExtension
    static final Guest ONE = ear(
            "single",
            true,
            skinny("single-web", Map.of("postern.cookie.name", "single-postern")),
            ShrinkWrap.create(JavaArchive.class, "stock.jar").addClass(Stock.class));

    /** The jar in the lib directory, for two web modules. */
    @RegisterExtension
    static final Guest TWO = ear("double", true, skinny("double-a", Map.of()), skinny("double-b", Map.of()));

    /** A jar in each web module, with settings of its own, and an EJB module beside them. */
    @RegisterExtension
    static final Guest EACH = ear(
            "each",
            false,
            web("web", Map.of("postern.cookie.name", "each-postern")),
            web("each-b", Map.of()),
            ShrinkWrap.create(JavaArchive.class, "stock.jar").addClass(Stock.class));

    /** A web module of the same name as in the other EAR. */
    @RegisterExtension
    static final Guest SAME = ear(
            "same",
            false,
            web("web", "/same", Map.of("postern.cookie.name", "each-postern")),
            ShrinkWrap.create(JavaArchive.class, "stock.jar").addClass(Stock.class));

    private static final String SHARED = "Postern's jar is shared by several web modules of this EAR";

    private record Module(String path, String contextRoot, Archive<?> archive) {}

    private static Guest ear(String name, boolean isJarShared, Object... parts) {
        EnterpriseArchive ear = ShrinkWrap.create(EnterpriseArchive.class, name + ".ear");
        StringBuilder modules = new StringBuilder();
        for (Object part : parts) {
            if (part instanceof Module web) {
                ear.addAsModule(web.archive());
                modules.append("<module><web><web-uri>" + web.path() + "</web-uri><context-root>" + web.contextRoot()
                        + "</context-root></web></module>");
            } else if (part instanceof JavaArchive ejbs) {
                ear.addAsModule(ejbs);
                modules.append("<module><ejb>" + ejbs.getName() + "</ejb></module>");
            }
        }
        if (isJarShared) {
            ear.addAsLibraries(Libraries.quick());
        }
        ear.setApplicationXML(
                new StringAsset("<application xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"10\">" + modules
                        + "</application>"));
        return Guest.of(ear).perhapsRefused();
    }

    private static Module web(String name, Map<String, String> settings) {
        return web(name, "/" + name, settings);
    }

    private static Module web(String name, String contextRoot, Map<String, String> settings) {
        return new Module(name + ".war", contextRoot, archive(name, settings));
    }

    /** Without libraries of its own. */
    private static Module skinny(String name, Map<String, String> settings) {
        WebArchive war = archive(name, settings);
        Stream.of(Libraries.quick()).forEach(library -> war.delete("/WEB-INF/lib/" + library.getName()));
        return new Module(name + ".war", "/" + name, war);
    }

    private static WebArchive archive(String name, Map<String, String> settings) {
        WebArchive war = Guest.webArchive(
                name, each -> each.addClasses(TestApplication.class, Orders.class, GuardedServlet.class), settings);
        return name.startsWith("double") ? war : war.addClass(StockServlet.class);
    }

    @Test
    @Tag("C20")
    void sharedJarServesTheOnlyWebModule() {
        if (isUnknownHere(ONE)) {
            return;
        }
        works("single-web/", "single-postern");
    }

    /** C27: the settings of its own file are read, though the jar lies outside the web module. */
    @Test
    @Tag("A14")
    void sharedJarStopsTheSecondWebModule() {
        if (isUnknownHere(TWO)) {
            return;
        }
        assertThat(TWO.isDeployed()).isFalse();
        assertThat(TWO.log()).contains(SHARED).contains("into WEB-INF/lib of each web module");
        assertThat(Stream.of("double-a/", "double-b/")
                        .map(web -> new Browser().get(TWO.at(web + "guarded")).status())
                        .collect(Collectors.toSet()))
                .isSubsetOf(401, 404);
    }

    @Test
    @Tag("C20")
    @Tag("C27")
    void webModulesWithJarsOfTheirOwnAreApplicationsOfTheirOwn() {
        if (isUnknownHere(EACH) || isRefusedByGlassFish(EACH)) {
            return;
        }
        Browser a = works("web/", "each-postern");
        Browser b = works("each-b/", "__Host-postern-each-b");

        String token = a.sessionCookie().split("=", 2)[1];
        Browser.getWith(EACH.at("each-b/api/orders"), "__Host-postern-each-b=" + token)
                .isUnauthorized();
        Browser.getWith(EACH.at("each-b/guarded"), "__Host-postern-each-b=" + token)
                .isUnauthorized();
        String other = b.sessionCookie().split("=", 2)[1];
        Browser.getWith(EACH.at("web/api/orders"), "each-postern=" + other).isUnauthorized();
    }

    @Test
    @Tag("A5")
    void webModulesOfOneNameInTwoArchivesAreTwoApplications() {
        if (isUnknownHere(SAME)) {
            return;
        }
        Browser browser = works("same/", "each-postern");

        assertThat(SAME.log()).contains("Postern keeps the sessions of same.web under");
        if (isRefusedByGlassFish(EACH)) {
            return;
        }
        Browser.getWith(EACH.at("web/api/orders"), browser.sessionCookie()).isUnauthorized();
        assertThat(EACH.log()).contains("Postern keeps the sessions of each.web under");
    }

    @Test
    @Tag("C20")
    void enterpriseBeansOfAnotherModuleKnowTheCaller() {
        if (isUnknownHere(EACH)) {
            return;
        }
        List<String> modules = isRefusedByGlassFish(EACH) ? List.of("single-web/") : List.of("web/", "single-web/");
        for (String web : modules) {
            Browser browser = new Browser();
            browser.get(EACH.at(web + "stock")).has(200).hasBody().isEqualTo("refused");
            browser.signIn(EACH.at(web), "clerk", "clerk-pw").has(201);
            browser.get(EACH.at(web + "stock")).has(200).hasBody().isEqualTo("counted by clerk");
        }
    }

    /** Payara Micro knows WARs, and passes over EARs. */
    private static boolean isUnknownHere(Guest guest) {
        if (!Rig.onPayaraMicro()) {
            return false;
        }
        assertThat(guest.isDeployed()).isFalse();
        assertThat(guest.log()).contains("was not recognized");
        return true;
    }

    /** GlassFish takes no two web modules in one EAR that have a jar of the same name (GF-04). */
    private static boolean isRefusedByGlassFish(Guest guest) {
        if (!Rig.onGlassFish()) {
            return false;
        }
        assertThat(guest.isDeployed()).isFalse();
        assertThat(guest.log()).contains("WELD-000163: Non-unique bean deployment identifier");
        return true;
    }

    private static Browser works(String web, String cookie) {
        new Browser().get(ONE.at(web + "api/orders")).isUnauthorized();
        new Browser().get(ONE.at(web + "guarded")).isUnauthorized();
        Browser customer = new Browser();
        customer.signIn(ONE.at(web), "customer", "customer-pw").has(201);
        customer.get(ONE.at(web + "api/orders")).has(403);
        Browser browser = new Browser();
        Reply reply = browser.signIn(ONE.at(web), "clerk", "clerk-pw").has(201);
        reply.hasSetCookies().hasSize(1);
        assertThat(browser.sessionCookie()).startsWith(cookie + "=");
        browser.get(ONE.at(web + "api/orders")).has(200);
        browser.get(ONE.at(web + "guarded")).has(200);
        return browser;
    }
}
