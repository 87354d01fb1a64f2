package dev.postern.bench.http;

import dev.postern.bench.http.app.Crowd;
import dev.postern.bench.http.app.FixedMechanism;
import dev.postern.bench.http.app.Greeting;
import dev.postern.bench.http.app.GreetingApplication;
import dev.postern.bench.http.app.OpenGreeting;
import dev.postern.bench.http.app.SessionUserMechanism;
import dev.postern.bench.http.app.SignInServlet;
import dev.postern.bench.http.app.TokenApplication;
import dev.postern.it.Rig;
import java.nio.file.Path;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/**
 * Writes the application of a variant as a file.
 *
 * <p>For one thread.
 */
final class BenchWar {

    private static final String BEANS = """
            <beans xmlns="https://jakarta.ee/xml/ns/jakartaee" version="4.0" bean-discovery-mode="annotated"/>
            """;

    /**
     * RESTEasy enforces {@code @RolesAllowed} only when it is told to (WF-04), and Payara makes a role of a group only when the role is
     * declared. Postern's applications need neither.
     */
    private static final String WEB = """
            <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">
              <context-param>
                <param-name>resteasy.role.based.security</param-name>
                <param-value>true</param-value>
              </context-param>
              <security-role><role-name>member</role-name></security-role>
              %s
            </web-app>
            """;

    /** On a machine that is busy with other things a read may take longer than the second that is the default, and be 503. */
    private static final String PATIENT = "postern.cache.timeout=PT30S\n";

    private final Keys keys;
    private final Path directory;

    BenchWar(Keys keys, Path directory) {
        this.keys = keys;
        this.directory = directory;
    }

    /** Writes it; the members, with commas, are those of the variant's own grid, or none where the server has one. */
    void write(Variant variant, String members) {
        WebArchive war = ShrinkWrap.create(WebArchive.class, variant.warName())
                .addAsWebInfResource(new StringAsset(BEANS), "beans.xml")
                .addClass(Crowd.class);
        fill(war, variant);
        String grid = members.isEmpty() ? "" : "postern.cache.members=" + members + "\n";
        war.addAsResource(new StringAsset(settings(variant) + grid), "META-INF/microprofile-config.properties");
        war.as(ZipExporter.class).exportTo(directory.resolve(variant.warName()).toFile(), true);
    }

    private static void fill(WebArchive war, Variant variant) {
        switch (variant) {
            case OPEN -> war.addClasses(GreetingApplication.class, OpenGreeting.class);
            case FLOOR -> greeting(war, "").addClass(FixedMechanism.class);
            case STRICT, SEALED, STALE -> postern(war);
            case SESSION ->
                greeting(war, "<distributable/>").addClasses(SessionUserMechanism.class, SignInServlet.class);
            case JWT -> war.addClasses(TokenApplication.class, Greeting.class).setWebXML(web(""));
        }
    }

    private String settings(Variant variant) {
        return switch (variant) {
            case OPEN, FLOOR, SESSION -> "";
            case STRICT -> PATIENT;
            case SEALED -> PATIENT + "postern.keys=" + keys.ring() + "\npostern.keys.index=" + keys.index() + "\n";
            case STALE -> PATIENT + "postern.cache.staleness=PT1S\n";
            case JWT -> "mp.jwt.verify.publickey=" + keys.publicKey() + "\nmp.jwt.verify.issuer=" + Keys.ISSUER + "\n";
        };
    }

    private static WebArchive greeting(WebArchive war, String more) {
        return war.addClasses(GreetingApplication.class, Greeting.class).setWebXML(web(more));
    }

    private static void postern(WebArchive war) {
        war.addClasses(GreetingApplication.class, Greeting.class)
                .addAsLibraries(
                        Rig.path("it.jar").toFile(),
                        Rig.path("it.hazelcast.jar").toFile());
    }

    private static StringAsset web(String more) {
        return new StringAsset(WEB.formatted(more));
    }
}
