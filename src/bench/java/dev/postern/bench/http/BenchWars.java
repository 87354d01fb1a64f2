package dev.postern.bench.http;

import dev.postern.bench.http.app.FixedMechanism;
import dev.postern.bench.http.app.Greeting;
import dev.postern.bench.http.app.GreetingApplication;
import dev.postern.bench.http.app.GreetingUsers;
import dev.postern.bench.http.app.OpenGreeting;
import dev.postern.bench.http.app.SessionUserMechanism;
import dev.postern.bench.http.app.SignInServlet;
import dev.postern.bench.http.app.TokenApplication;
import dev.postern.bench.http.app.UnsignedCookieMechanism;
import dev.postern.it.Rig;
import dev.postern.it.rig.node.Deployments;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/**
 * The application of each variant.
 *
 * <p>Immutable.
 *
 * @param members those of a variant's own grid, with commas; empty where the server has one
 */
record BenchWars(Keys keys, Function<Variant, String> members) implements Deployments {

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

    @Override
    public List<Archive<?>> archives() {
        List<Archive<?>> archives = new ArrayList<>();
        Stream.of(Variant.values())
                .filter(Variant::hasOwnApplication)
                .map(this::archive)
                .forEach(archives::add);
        return archives;
    }

    private WebArchive archive(Variant variant) {
        WebArchive war = ShrinkWrap.create(WebArchive.class, variant.warName())
                .addAsWebInfResource(BEANS, "beans.xml")
                .addClass(GreetingUsers.class);
        fill(war, variant);
        String grid = variant.isPostern() ? members.apply(variant) : "";
        return war.addAsResource(
                new StringAsset(settings(variant) + (grid.isEmpty() ? "" : "postern.cache.members=" + grid + "\n")),
                "META-INF/microprofile-config.properties");
    }

    private static void fill(WebArchive war, Variant variant) {
        switch (variant) {
            case OPEN -> war.addClasses(GreetingApplication.class, OpenGreeting.class);
            case FLOOR -> greeting(war, "").addClass(FixedMechanism.class);
            case STRICT, SEALED, LEASED -> postern(war);
            case HONEST_FLOOR -> greeting(war, "").addClass(UnsignedCookieMechanism.class);
            case SESSION, STICKY_SESSION ->
                greeting(war, "<distributable/>").addClasses(SessionUserMechanism.class, SignInServlet.class);
            case JWT -> war.addClasses(TokenApplication.class, Greeting.class).setWebXML(web(""));
        }
    }

    private String settings(Variant variant) {
        return switch (variant) {
            case OPEN, FLOOR, HONEST_FLOOR, SESSION, STICKY_SESSION -> "";
            case STRICT -> PATIENT + "postern.cache.copies=none\n";
            case SEALED ->
                PATIENT + "postern.cache.copies=none\npostern.keys=" + keys.ring() + "\npostern.keys.index="
                        + keys.index() + "\n";
            case LEASED -> PATIENT + "postern.cache.copies=leased\n";
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
