package dev.postern.it.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.postern.it.Browser;
import dev.postern.it.OnWildFlyByDay;
import dev.postern.it.Reply;
import dev.postern.it.Rig;
import dev.postern.it.guest.contracts.ReachedContracts;
import dev.postern.it.guest.locator.AnnotatedLocator;
import dev.postern.it.guest.objects.Objects;
import dev.postern.it.guest.programmatic.BuiltResources;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Where the annotations of a resource stand, and how it is registered, found, inherited or located (A1). */
@OnWildFlyByDay
@Tag("A1")
class ContractsIT {

    /** JSON-B, which WildFly prefers unless an application brings Hazelcast 5.7 along, cannot read the T of an interface. */
    private static final String WITH_JACKSON = """
            <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">
              <context-param>
                <param-name>resteasy.preferJacksonOverJsonB</param-name>
                <param-value>true</param-value>
              </context-param>
            </web-app>
            """;

    @RegisterExtension
    static final Guest GUEST = Guest.war(
            "contracts",
            war -> war.addPackage(ReachedContracts.class.getPackage()).setWebXML(new StringAsset(WITH_JACKSON)));

    @RegisterExtension
    static final Guest OBJECTS = Guest.war("objects", war -> war.addPackage(Objects.class.getPackage()));

    @RegisterExtension
    static final Guest LOCATOR = Guest.war("locator", war -> war.addPackage(AnnotatedLocator.class.getPackage()))
            .perhapsRefused();

    @RegisterExtension
    static final Guest BUILT = Guest.war("built", war -> war.addPackage(BuiltResources.class.getPackage()));

    private static final List<String> CALLERS = List.of("anonymous", "clerk", "manager", "chief");
    private static final Map<Guest, Map<String, Browser>> BROWSERS = new HashMap<>();

    private static final int[] OPEN = {200, 200, 200, 200};
    private static final int[] CLERK = {401, 200, 403, 200};
    private static final int[] MANAGER = {401, 403, 200, 200};
    private static final int[] BOTH = {401, 403, 403, 200};
    private static final int[] NOBODY = {401, 403, 403, 403};
    private static final int[] ANY_USER = {401, 200, 200, 200};

    @BeforeAll
    static void signIn() {
        for (Guest guest : List.of(GUEST, OBJECTS)) {
            Map<String, Browser> browsers = new HashMap<>();
            CALLERS.forEach(name -> {
                Browser browser = new Browser();
                if (!name.equals("anonymous")) {
                    browser.signIn(guest.root(), name, name + "-pw").has(201);
                }
                browsers.put(name, browser);
            });
            BROWSERS.put(guest, browsers);
        }
    }

    /** Payara does not find a class whose path stands above it. */
    @Test
    void rolesOfTheClassHoldForWhatItsInterfaceAndItsSuperclassDeclare() {
        Calls calls = new Calls(Rig.onWildFly());
        calls.get("api/interface/bean", CLERK);
        calls.get("api/interface/plain", CLERK);
        calls.get("api/interface/one", CLERK);
        calls.get("api/interface/dependent", CLERK);
        calls.get("api/interface/closed", NOBODY);
        calls.get("api/interface/several", CLERK);
        calls.get("api/interface/default", CLERK);
        calls.get("api/interface/deep", CLERK);
        calls.get("api/interface/fresh", ANY_USER);
        calls.get("api/interface/ejb", CLERK);
        calls.get("api/interface/stricter", BOTH);
        calls.call("HEAD", "api/interface/plain", CLERK);
        calls.areRight();
    }

    @Test
    void rolesOfTheMethodsOfAClassHoldForWhatItsInterfaceDeclares() {
        Calls calls = new Calls(Rig.onWildFly());
        calls.get("api/interface/method", CLERK);
        calls.get("api/interface/method/closed", NOBODY);
        calls.get("api/interface/method/open", OPEN);
        calls.get("api/interface/method/stage", CLERK);
        calls.get("api/interface/method/suspended", CLERK);
        calls.call("POST", "api/interface/generic", CLERK);
        calls.areRight();
    }

    @Test
    void rolesOfAnnotationsHold() {
        Calls calls = new Calls(true);
        calls.get("api/mixed/stereotype", CLERK);
        calls.get("api/mixed/stereotype/manager", MANAGER);
        calls.areRight();
        Calls ofInterfaces = new Calls(Rig.onWildFly());
        ofInterfaces.get("api/interface/tagged", CLERK);
        ofInterfaces.get("api/interface/tagged/method", MANAGER);
        ofInterfaces.areRight();
    }

    @Test
    void rolesHoldWhereTheClassHasThePath() {
        Calls calls = new Calls(true);
        calls.get("api/mixed/methods", CLERK);
        calls.get("api/mixed/methods/closed", NOBODY);
        calls.get("api/mixed/both", CLERK);
        calls.call("POST", "api/mixed/crud", CLERK);
        calls.get("api/mixed/crud/found", MANAGER);
        calls.get("api/mixed/guarded", CLERK);
        calls.get("api/mixed/local", CLERK);
        calls.call("POST", "api/mixed/singleton", CLERK);
        calls.get("api/mixed/decorated", CLERK);
        calls.call("HEAD", "api/mixed/decorated", CLERK);
        calls.areRight();
    }

    @Test
    void subResourceIsJudgedByTheObjectThatIsCalled() {
        Calls calls = new Calls(true);
        calls.get("api/locating/free", OPEN);
        calls.get("api/locating/clerk", CLERK);
        calls.get("api/locating/clerk/nested", CLERK);
        calls.get("api/locating/object", CLERK);
        calls.get("api/locating/class", CLERK);
        calls.get("api/locating/produced-interface", CLERK);
        calls.get("api/locating/produced-class", CLERK);
        calls.get("api/locating/typed", CLERK);
        calls.get("api/locating/anonymous", CLERK);
        calls.get("api/locating/anonymous-closed", NOBODY);
        calls.get("api/locating/proxy", NOBODY);
        calls.get("api/locating/open-proxy", OPEN);
        calls.get("api/locating-ruled/7/free", MANAGER);
        calls.get("api/locating-ruled/7/clerk", BOTH);
        calls.areRight();
        Calls ofLambdas = new Calls(!Rig.onWildFly());
        ofLambdas.get("api/locating/lambda", OPEN);
        ofLambdas.areRight();
        Calls ofInterfaces = new Calls(Rig.onWildFly());
        ofInterfaces.get("api/interface/locating/free", CLERK);
        ofInterfaces.areRight();
    }

    /** On Payara nothing tells which class stands behind a local interface that has no role: closed. */
    @Test
    void enterpriseBeanThatALocatorReturnsIsJudgedByItsClass() {
        Calls calls = new Calls(true);
        calls.get("api/enterprise/stereotyped", CLERK);
        calls.get("api/enterprise/inherited", CLERK);
        calls.get("api/enterprise/plain", CLERK);
        calls.get("api/enterprise/plain-stereotyped", CLERK);
        calls.get("api/enterprise/fresh", Rig.onWildFly() ? ANY_USER : NOBODY);
        calls.areRight();
    }

    @Test
    void rolesHoldHoweverTheApplicationNamesItsResources() {
        Calls calls = new Calls(true);
        calls.get("listed/mixed/both", CLERK);
        calls.get("listed/mixed/methods", CLERK);
        calls.call("POST", "listed/mixed/crud", CLERK);
        calls.areRight();
        Calls ofObjects = new Calls(OBJECTS, "objects/reached", true);
        ofObjects.get("objects/pojo", CLERK);
        ofObjects.areRight();
        Calls ofInterfaces = new Calls(Rig.onWildFly());
        ofInterfaces.get("listed/interface/bean", CLERK);
        ofInterfaces.get("listed/interface/plain", CLERK);
        ofInterfaces.get("listed/interface/method", CLERK);
        ofInterfaces.areRight();
        Calls ofImplementingObjects = new Calls(OBJECTS, "objects/reached", Rig.onWildFly());
        ofImplementingObjects.get("objects/implementing", CLERK);
        ofImplementingObjects.get("objects/superclass", CLERK);
        ofImplementingObjects.get("objects/superclass/inherited", CLERK);
        ofImplementingObjects.get("objects/anonymous", CLERK);
        ofImplementingObjects.get("objects/anonymous-interface", CLERK);
        ofImplementingObjects.get("objects/proxied", NOBODY);
        ofImplementingObjects.get("objects/open-proxied", OPEN);
        ofImplementingObjects.areRight();
        Calls notServed = new Calls(OBJECTS, "objects/reached", false);
        notServed.get("objects/registered", CLERK);
        notServed.areRight();
    }

    /** A handler that is a proxy cannot be judged, nor can an annotation on a locator. */
    @Test
    void resourcesThatAProgramMakesAreJudgedByTheirHandlers() {
        Browser clerk = new Browser();
        clerk.signIn(BUILT.root(), "clerk", "clerk-pw").has(201);
        Browser manager = new Browser();
        manager.signIn(BUILT.root(), "manager", "manager-pw").has(201);
        if (Rig.onWildFly()) {
            new Browser().get(BUILT.uri("built/open")).has(404);
            return;
        }
        new Browser().get(BUILT.uri("built/open")).has(200).hasBody().isEqualTo("reached");
        for (String path : List.of("built/by-method", "built/by-class")) {
            new Browser().get(BUILT.uri(path)).isUnauthorized();
            manager.get(BUILT.uri(path)).has(403);
            clerk.get(BUILT.uri(path)).has(200).hasBody().isEqualTo("reached");
        }
        for (String path : List.of("built/proxied", "built/located")) {
            new Browser().get(BUILT.uri(path)).isUnauthorized();
            clerk.get(BUILT.uri(path)).has(403);
        }
    }

    @Test
    void annotatedLocatorStopsTheDeploymentWithASentence() {
        new Browser().get(LOCATOR.uri("api/locator/leaf")).has(404);
        assertThat(LOCATOR.log()).contains("AnnotatedLocator.leaf is a sub-resource locator and carries an annotation");
    }

    @Test
    void staleSignInsAreRefusedByTheClassOfTheObject() {
        Browser clerk = new Browser();
        clerk.signIn(GUEST.root(), "clerk", "clerk-pw").has(201);
        List<String> paths = Rig.onWildFly()
                ? List.of(
                        "api/interface/fresh/stale",
                        "api/mixed/local/fresh",
                        "api/interface/ejb/fresh",
                        "api/enterprise/fresh/stale")
                : List.of("api/mixed/local/fresh");
        for (String path : paths) {
            new Browser().get(GUEST.uri(path)).isUnauthorized();
            await(path)
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> clerk.get(GUEST.uri(path)).status() == 401);
            assertThat(clerk.get(GUEST.uri(path)).has(401).header("WWW-Authenticate"))
                    .contains("insufficient_user_authentication");
        }
    }

    /** Calls of everybody, and what was wrong with them. */
    private static final class Calls {

        private final Guest guest;
        private final URI counter;
        private final boolean isServed;
        private final List<String> wrong = new ArrayList<>();

        /** Calls of what the server serves, or of what it may not serve at all. */
        Calls(boolean isServed) {
            this(GUEST, "api/reached", isServed);
        }

        Calls(Guest guest, String counter, boolean isServed) {
            this.guest = guest;
            this.counter = guest.uri(counter);
            this.isServed = isServed;
        }

        private long reached() {
            return Long.parseLong(new Browser().get(counter).has(200).body());
        }

        void get(String path, int[] statuses) {
            call("GET", path, statuses);
        }

        @SuppressWarnings("NullAway") // every caller has a browser
        void call(String method, String path, int[] statuses) {
            for (int i = 0; i < statuses.length; i++) {
                Browser browser = BROWSERS.get(guest).get(CALLERS.get(i));
                long before = reached();
                Reply reply =
                        browser.call(method, guest.uri(path), "application/json", method.equals("POST") ? "\"7\"" : "");
                long visits = reached() - before;
                if (!isRight(reply, statuses[i], visits)) {
                    wrong.add(method + " " + path + " as " + CALLERS.get(i) + " gets " + statuses[i] + ", but got "
                            + reply.status() + " " + reply.headers("WWW-Authenticate") + " "
                            + reply.body().lines().findFirst() + " with " + visits + " visits");
                }
            }
        }

        private boolean isRight(Reply reply, int status, long visits) {
            if (!isServed && reply.status() >= 400 && visits == 0) {
                return true;
            }
            return reply.status() == status
                    && visits == (status == 200 ? 1 : 0)
                    && reply.headers("WWW-Authenticate").size() == (status == 401 ? 1 : 0);
        }

        void areRight() {
            assertThat(wrong).isEmpty();
        }
    }
}
