package dev.postern.it;

import dev.postern.testing.FreePorts;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A Keycloak of its own, in development mode, with one realm, one client and the clerk Clara. The build unpacks it where
 * long tests run.
 *
 * <p>For one thread.
 */
final class Keycloak implements BeforeAllCallback, AfterAllCallback {

    static final String USER = "clara";
    static final String CLIENT = "shop";

    private static final String PASSWORD = "clara's own password";
    private static final String ADMIN = "keeper";
    private static final String ADMIN_PASSWORD = "the keeper's password";
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Pattern ACTION = Pattern.compile("<form[^>]* action=\"([^\"]+)\"");

    private final int port = FreePorts.next();
    private @Nullable Process process;

    URI root() {
        return URI.create("http://127.0.0.1:" + port + "/");
    }

    /** The address that identifies the realm in its tokens. */
    String realm() {
        return root() + "realms/shop";
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        Path home = Rig.path("it.servers").resolve("keycloak"); // both servers may be tested at the same time
        Shell.run("rm", "-rf", home.toString());
        Shell.run("cp", "-r", Rig.value("it.keycloak"), home.toString());
        Path imported = Files.createDirectories(home.resolve("data").resolve("import"));
        Files.writeString(imported.resolve("shop.json"), shop().toString());
        Path log = Rig.path("it.servers").resolve("keycloak.log");
        ProcessBuilder builder = new ProcessBuilder(
                        "sh",
                        home.resolve("bin").resolve("kc.sh").toString(),
                        "start-dev",
                        "--db=dev-mem",
                        "--http-host=127.0.0.1",
                        "--http-port=" + port,
                        "--import-realm")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("KC_BOOTSTRAP_ADMIN_USERNAME", ADMIN);
        builder.environment().put("KC_BOOTSTRAP_ADMIN_PASSWORD", ADMIN_PASSWORD);
        builder.environment().put("JAVA_OPTS_KC_HEAP", "-Xms64m -Xmx512m");
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process started = builder.start();
        process = started;
        boolean isReady = Poll.untilTrue(PATIENCE, () -> !started.isAlive() || isReady());
        if (!isReady || !started.isAlive()) {
            throw new IllegalStateException("Keycloak did not start; see " + log);
        }
    }

    private boolean isReady() {
        try {
            return new Browser()
                            .get(URI.create(realm() + "/.well-known/openid-configuration"))
                            .status()
                    == 200;
        } catch (AssertionError e) { // nobody listens yet
            return false;
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        Process started = process;
        if (started != null) {
            List<ProcessHandle> children = started.descendants().toList();
            children.forEach(ProcessHandle::destroyForcibly);
            started.destroyForcibly();
            children.forEach(child -> child.onExit().join());
            started.onExit().join();
        }
    }

    /** The realm as it is imported. */
    private static JsonObject shop() {
        return Json.createObjectBuilder()
                .add("realm", "shop")
                .add("enabled", true)
                .add("sslRequired", "none")
                .add(
                        "roles",
                        Json.createObjectBuilder()
                                .add("realm", Json.createArrayBuilder().add(object("name", "clerk"))))
                .add("users", Json.createArrayBuilder().add(clara()))
                .add("clients", Json.createArrayBuilder().add(client()))
                .build();
    }

    private static JsonObjectBuilder clara() {
        return object("username", USER)
                .add("enabled", true)
                .add("email", "clara@shop.example")
                .add("emailVerified", true)
                .add("firstName", "Clara")
                .add("lastName", "Clerk")
                .add("realmRoles", Json.createArrayBuilder().add("clerk"))
                .add(
                        "credentials",
                        Json.createArrayBuilder().add(object("type", "password").add("value", PASSWORD)));
    }

    private static JsonObjectBuilder client() {
        String a = "http://127.0.0.1:" + Rig.httpPort(Rig.NODE_A) + "/";
        String b = "http://127.0.0.1:" + Rig.httpPort(Rig.NODE_B) + "/";
        return object("clientId", CLIENT)
                .add("secret", "a secret of the shop's")
                .add("enabled", true)
                .add("publicClient", false)
                .add("standardFlowEnabled", true)
                .add("redirectUris", Json.createArrayBuilder().add(a + "*").add(b + "*"))
                .add(
                        "attributes",
                        object("backchannel.logout.url", a + "postern/backchannel-logout")
                                .add("backchannel.logout.session.required", "true"))
                .add("protocolMappers", Json.createArrayBuilder().add(groups()));
    }

    private static JsonObjectBuilder groups() {
        return object("name", "groups")
                .add("protocol", "openid-connect")
                .add("protocolMapper", "oidc-usermodel-realm-role-mapper")
                .add(
                        "config",
                        object("claim.name", "groups")
                                .add("multivalued", "true")
                                .add("jsonType.label", "String")
                                .add("id.token.claim", "true")
                                .add("access.token.claim", "true")
                                .add("userinfo.token.claim", "true"));
    }

    private static JsonObjectBuilder object(String name, String value) {
        return Json.createObjectBuilder().add(name, value);
    }

    /** Fills in the form at which a node's redirect arrives. The reply leads back to the application. */
    Reply signIn(Browser browser, Reply redirect) {
        Reply page = browser.get(URI.create(redirect.header("Location")));
        if (page.status() == 302) { // signed in there already
            return page;
        }
        Matcher form = ACTION.matcher(page.has(200).body());
        if (!form.find()) {
            throw new AssertionError("No form in " + page);
        }
        URI action = URI.create(form.group(1).replace("&amp;", "&"));
        return browser.post(action, FORM, "username=" + USER + "&password=" + encode(PASSWORD) + "&credentialId=")
                .has(302);
    }

    /** An administrator ends all sessions of the user there. */
    void logOut() {
        Browser keeper = new Browser();
        String token = keeper.post(
                        root().resolve("realms/master/protocol/openid-connect/token"),
                        FORM,
                        "grant_type=password&client_id=admin-cli&username=" + ADMIN + "&password="
                                + encode(ADMIN_PASSWORD))
                .has(200)
                .json()
                .getString("access_token");
        keeper.sending("Authorization", "Bearer " + token);
        String id = keeper.get(root().resolve("admin/realms/shop/users?exact=true&username=" + USER))
                .has(200)
                .jsonList()
                .get(0)
                .getString("id");
        keeper.post(root().resolve("admin/realms/shop/users/" + id + "/logout"), "application/json", "")
                .has(204);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
