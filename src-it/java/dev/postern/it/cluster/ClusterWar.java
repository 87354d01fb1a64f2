package dev.postern.it.cluster;

import dev.postern.it.Libraries;
import dev.postern.it.Rig;
import dev.postern.it.app.Trace;
import dev.postern.it.cluster.app.EchoServlet;
import dev.postern.it.cluster.redeployer.RedeployServlet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/**
 * Writes the application of the nodes as a file: the classes that echo the caller, the jar as it was built, and settings by which
 * tokens are renewed every few seconds.
 *
 * <p>Immutable.
 */
final class ClusterWar {

    private static final String BEANS = """
            <beans xmlns="https://jakarta.ee/xml/ns/jakartaee" version="4.0" bean-discovery-mode="annotated"/>
            """;
    private static final String ERROR_PAGE = """
            <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">
              <error-page><error-code>409</error-code><location>/echo</location></error-page>
            </web-app>
            """;
    private static final String SETTINGS = """
            postern.session.renew-after=PT4S
            postern.session.grace=PT3S
            postern.session.touch-every=PT1S
            """;

    private ClusterWar() {}

    static void writeTo(Path file) throws IOException {
        String members = Rig.onWildFly() ? "postern.cache.members=" + Place.members() + "\n" : "";
        WebArchive war = ShrinkWrap.create(WebArchive.class, "ROOT.war")
                .addPackage(EchoServlet.class.getPackage())
                .addClass(Trace.class)
                .addAsLibraries(Libraries.quick())
                .addAsWebInfResource(new StringAsset(BEANS), "beans.xml")
                .addAsResource(new StringAsset(SETTINGS + members), "META-INF/microprofile-config.properties")
                .setWebXML(new StringAsset(ERROR_PAGE));
        export(war, file);
    }

    /** The application that deploys the other one again, for a server without another way. */
    static void writeRedeployerTo(Path file) throws IOException {
        export(
                ShrinkWrap.create(WebArchive.class, "redeployer.war").addPackage(RedeployServlet.class.getPackage()),
                file);
    }

    private static void export(WebArchive war, Path file) throws IOException {
        Files.createDirectories(file.getParent());
        war.as(ZipExporter.class).exportTo(file.toFile(), true);
    }
}
