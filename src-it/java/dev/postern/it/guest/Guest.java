package dev.postern.it.guest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.it.Libraries;
import dev.postern.it.NodeContainer;
import dev.postern.it.Rig;
import dev.postern.it.app.Trace;
import dev.postern.it.app.Users;
import dev.postern.it.rig.node.AppServer;
import dev.postern.it.rig.node.AppServerSetUp;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * An application of a stranger, deployed for the tests of one class, which registers it in a static field:
 *
 * <pre>{@code
 * @RegisterExtension
 * static final Guest SHOP = Guest.war("shop", war -> war.addClasses(Shop.class), Map.of("postern.session.grace", "PT3S"));
 * }</pre>
 *
 * <p>For one thread.
 */
public final class Guest implements BeforeAllCallback, AfterAllCallback {

    /** A {@code beans.xml} that makes beans of annotated classes only. */
    public static final String ANNOTATED = beans("annotated");

    /** A {@code beans.xml} that makes beans of all classes. */
    public static final String ALL = beans("all");

    private final Archive<?> archive;
    private final boolean mayBeRefused;
    private @Nullable AppServer server;
    private boolean isDeployed;
    private long logBegan;

    private Guest(Archive<?> archive, boolean mayBeRefused) {
        this.archive = archive;
        this.mayBeRefused = mayBeRefused;
    }

    /**
     * A WAR with the {@link Libraries#quick quick libraries}, the users of {@link Users}, discovery mode {@code annotated} and these settings,
     * and with what the test makes of it. It answers below its name. {@code postern.cache.timeout} is five seconds on this server, whatever
     * the settings say.
     */
    public static Guest war(String name, UnaryOperator<WebArchive> shape, Map<String, String> settings) {
        return of(webArchive(name, shape, settings));
    }

    /** A WAR with the settings as they come. */
    public static Guest war(String name, UnaryOperator<WebArchive> shape) {
        return war(name, shape, Map.of());
    }

    /** Any archive: an EAR for instance, made of {@link #webArchive}s. */
    public static Guest of(Archive<?> archive) {
        return new Guest(archive, false);
    }

    /** The same archive, for a test that looks at {@link #isDeployed()} itself. */
    public Guest perhapsRefused() {
        return new Guest(archive, true);
    }

    /** What {@link #war} deploys, as an archive: a web module of an EAR for instance. */
    public static WebArchive webArchive(String name, UnaryOperator<WebArchive> shape, Map<String, String> settings) {
        String properties = settings.entrySet().stream()
                .map(setting -> setting.getKey() + "=" + setting.getValue() + "\n")
                .collect(Collectors.joining());
        WebArchive war = ShrinkWrap.create(WebArchive.class, name + ".war")
                .addClasses(Users.class, Trace.class)
                .addAsLibraries(Libraries.quick())
                .addAsWebInfResource(new StringAsset(ANNOTATED), "beans.xml");
        if (!settings.isEmpty()) {
            war.addAsResource(new StringAsset(properties), "META-INF/microprofile-config.properties");
        }
        return shape.apply(war);
    }

    private static String beans(String mode) {
        return "<beans xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"4.0\" bean-discovery-mode=\"" + mode
                + "\"/>\n";
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        server = server(context);
        logBegan = server.logged();
        isDeployed = server.deploy(archive);
        assertThat(isDeployed || mayBeRefused)
                .as("whether the server takes " + archive.getName() + "; it logged: " + log())
                .isTrue();
    }

    /** The server of this run, which is started for the first guest. */
    private static AppServer server(ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(Guest.class))
                .getOrComputeIfAbsent(AppServer.class, any -> started(), AppServer.class);
    }

    private static AppServer started() {
        NodeContainer.closeAllMeanwhile(); // their tests come before those of guests
        int member = Rig.memberPort(Rig.GUESTS);
        AppServerSetUp setUp = new AppServerSetUp(
                Rig.GUESTS,
                Rig.httpPort(Rig.GUESTS),
                List.of(
                        "-Xmx" + System.getProperty("it.guest.heap", "1g"),
                        "-Dpostern.cache.timeout=PT5S"), // a busy machine is no broken grid
                AppServerSetUp.cluster("postern-guests-" + member, "127.0.0.1:" + member, member));
        AppServer.prepare(setUp);
        return AppServer.started(setUp);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        server().undeploy(archive);
    }

    /** Whether the server took it. */
    public boolean isDeployed() {
        return isDeployed;
    }

    /** What the server has logged since it was about to be deployed. */
    public String log() {
        return server().logSince(logBegan);
    }

    /**
     * The root of the application, with a slash at its end: of an archive of one name for instance
     * {@code http://127.0.0.1:8080/name/}.
     */
    public URI root() {
        return at(archive.getName().replaceFirst("\\.[a-z]+$", "") + "/");
    }

    /** An address on the server, from its root on: for a web module of an EAR. */
    public URI at(String path) {
        return server().root().resolve(path);
    }

    /** An address below the root of the application. */
    public URI uri(String path) {
        return root().resolve(path);
    }

    private AppServer server() {
        if (server == null) {
            throw new IllegalStateException("Register the guest in a static field, with @RegisterExtension.");
        }
        return server;
    }
}
