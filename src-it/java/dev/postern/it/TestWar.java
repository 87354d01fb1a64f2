package dev.postern.it;

import dev.postern.it.app.CallerBean;
import dev.postern.it.app.ContainerSessionServlet;
import dev.postern.it.app.GuardedServlet;
import dev.postern.it.app.Orders;
import dev.postern.it.app.PlainTicker;
import dev.postern.it.app.SlowOrders;
import dev.postern.it.app.StandardServlet;
import dev.postern.it.app.TestApplication;
import dev.postern.it.app.Ticker;
import dev.postern.it.app.Trace;
import dev.postern.it.app.Users;
import dev.postern.it.app.WhoServlet;
import dev.postern.it.edits.Notes;
import dev.postern.it.renewal.Trail;
import dev.postern.it.staff.Staff;
import dev.postern.it.watch.News;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/**
 * Builds the WAR of a test: its classes, the jar as it was built and what else the server needs, a {@code beans.xml} that makes beans
 * only of annotated classes, and the settings.
 *
 * <p>For one thread.
 */
final class TestWar {

    private static final String BEANS = """
            <beans xmlns="https://jakarta.ee/xml/ns/jakartaee" version="4.0" bean-discovery-mode="annotated"/>
            """;

    /** A busy machine is no broken grid. */
    private static final String PATIENCE = "PT5S";

    private final Map<String, String> settings = new TreeMap<>(Map.of("postern.cache.timeout", PATIENCE));
    private final WebArchive war = ShrinkWrap.create(WebArchive.class);
    private final List<File> drivers = new ArrayList<>();
    private Supplier<File[]> libraries = Libraries::quick;

    private TestWar() {}

    static TestWar of(Class<?>... classes) {
        TestWar built = new TestWar();
        built.war.addClasses(Users.class, Trace.class).addClasses(classes);
        return built;
    }

    /** The whole test application: servlets, an EJB, and JAX-RS resources under {@code api}. */
    static TestWar ofEverything(Class<?>... more) {
        TestWar built = of(
                WhoServlet.class,
                CallerBean.class,
                StandardServlet.class,
                ContainerSessionServlet.class,
                GuardedServlet.class,
                TestApplication.class,
                Orders.class,
                SlowOrders.class,
                Ticker.class,
                PlainTicker.class);
        built.war.addClasses(more);
        built.war.addPackage(Notes.class.getPackage());
        return built;
    }

    /** The whole test application, and what it adds to the sessions and answers of which {@code renewal} tells. */
    static TestWar ofRenewal() {
        TestWar built = ofEverything();
        built.war.addPackage(Trail.class.getPackage());
        return built;
    }

    /** The whole test application, and what tells of ended sessions, holds connections open, shows the figures, and looks users up. */
    static TestWar ofWatch() {
        TestWar built = ofEverything();
        built.war.addPackage(News.class.getPackage());
        built.war.addPackage(Staff.class.getPackage());
        return built;
    }

    /** With the libraries as Maven puts them into a user's WAR, and with no setting yet. */
    TestWar asUsersHaveIt() {
        settings.clear();
        libraries = Libraries::bundled;
        return this;
    }

    /** With these classes too. */
    TestWar with(Package classes) {
        war.addPackage(classes);
        return this;
    }

    /** With this jar too. */
    TestWar library(Path jar) {
        drivers.add(jar.toFile());
        return this;
    }

    TestWar setting(String key, String value) {
        settings.put(key, value);
        return this;
    }

    /** The WAR of this test class, for nodes in a plain grid. */
    WebArchive build(Class<?> test) {
        return build(test, GridKind.PLAIN);
    }

    /** The nodes outlive the class, and so would sessions: its own name makes the application another one. */
    WebArchive build(Class<?> test, GridKind grid) {
        grid.in(this);
        return ShrinkWrap.create(WebArchive.class, test.getSimpleName() + ".war")
                .merge(war)
                .addAsLibraries(libraries.get())
                .addAsLibraries(drivers.toArray(File[]::new))
                .addAsWebInfResource(new StringAsset(BEANS), "beans.xml")
                .addAsResource(new StringAsset(properties()), "META-INF/microprofile-config.properties");
    }

    private String properties() {
        return settings.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue() + "\n")
                .collect(Collectors.joining());
    }
}
