package dev.postern.it.rig.node;

import dev.postern.it.Libraries;
import dev.postern.it.Rig;
import dev.postern.it.app.Trace;
import dev.postern.it.rig.app.EchoServlet;
import java.util.List;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/**
 * The application of the nodes: the classes that echo the caller, the jar as it was built, and settings by which tokens are renewed every
 * few seconds. On Payara there is a second one, which deploys the first one again.
 *
 * <p>Immutable.
 */
record EchoWar(Layout layout, Pace pace, int minimumMembers) implements Deployments {

    private static final String ERROR_PAGE = """
            <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">
              <error-page><error-code>409</error-code><location>/echo</location></error-page>
            </web-app>
            """;
    private static final String SETTINGS = """
            postern.session.renew-after=%s
            postern.session.grace=%s
            postern.session.touch-every=%s
            postern.cache.minimum-members=%d
            """;

    @Override
    public List<Archive<?>> archives() {
        String settings = SETTINGS.formatted(pace.renewAfter(), pace.grace(), pace.touchEvery(), minimumMembers);
        String members = Rig.onWildFly() ? "postern.cache.members=" + layout.members() + "\n" : "";
        WebArchive echo = ShrinkWrap.create(WebArchive.class, "ROOT.war")
                .addPackage(EchoServlet.class.getPackage())
                .addClass(Trace.class)
                .addAsLibraries(Rig.onWildFly() ? Libraries.bundled() : Libraries.quick())
                .addAsWebInfResource(BEANS, "beans.xml")
                .addAsResource(new StringAsset(settings + members), "META-INF/microprofile-config.properties")
                .setWebXML(new StringAsset(ERROR_PAGE));
        return Rig.onWildFly() ? List.of(echo) : List.of(echo, PayaraDeployer.war());
    }
}
