package dev.postern.it;

import org.junit.jupiter.api.Test;

/** What every JAX-RS application may expect of {@code @RolesAllowed}, {@code @PermitAll} and {@code @DenyAll}. */
abstract class RolesContract extends TwoNodeScenario {

    private static final String JSON = "application/json";

    private final Browser browser = new Browser();

    @Test
    void anonymousIsChallenged() {
        get("orders").isUnauthorized().changesNoCookie();
    }

    @Test
    void userOfTheRoleIsLetInOnEitherNode() {
        browser.signIn(nodes().a(), "clerk", "clerk-pw").has(201);
        get("orders").has(200).hasBody().startsWith("orders for clerk ");
        browser.get(nodes().b().resolve("api/orders")).has(200);
    }

    @Test
    void missingRoleIsRefusedWith403() {
        browser.signIn(nodes().a(), "customer", "customer-pw").has(201);
        get("orders").has(403).changesNoCookie();
    }

    @Test
    void methodBeatsClass() {
        get("orders/open").has(200).hasBody().isEqualTo("open to anonymous");
        browser.signIn(nodes().a(), "clerk", "clerk-pw").has(201);
        get("orders/open").has(200).hasBody().isEqualTo("open to clerk");
        delete("orders").has(403);
        get("orders/closed").has(403);
    }

    @Test
    void otherRoleOfAMethodIsLetIn() {
        browser.signIn(nodes().a(), "manager", "manager-pw").has(201);
        delete("orders").has(200).hasBody().isEqualTo("cancelled by manager");
    }

    @Test
    void deniedIsRefusedForAnonymousToo() {
        get("orders/closed").isUnauthorized();
    }

    @Test
    void refusesBeforeTheBodyIsRead() {
        String malformed = "{\"amount\":";
        browser.post(nodes().a().resolve("api/orders"), JSON, malformed).isUnauthorized();
        browser.signIn(nodes().a(), "customer", "customer-pw").has(201);
        browser.post(nodes().a().resolve("api/orders"), JSON, malformed).has(403);
    }

    @Test
    void bodyIsReadForThoseWhoMay() {
        browser.signIn(nodes().a(), "clerk", "clerk-pw").has(201);
        browser.post(nodes().a().resolve("api/orders"), JSON, "{\"amount\":1}")
                .has(200)
                .hasBody()
                .isEqualTo("placed 1");
    }

    @Test
    void subResourceIsGuarded() {
        forManagersOnly("orders/lines", "lines");
    }

    @Test
    void annotationsOfAnInterfaceCount() {
        forManagersOnly("stock", "stock");
    }

    @Test
    void annotationOfASuperclassCounts() {
        forManagersOnly("returns", "back office");
    }

    @Test
    void resourceThatIsNoBeanIsGuarded() {
        get("plain").isUnauthorized();
        get("plain/open").has(200).hasBody().isEqualTo("open");
        browser.signIn(nodes().a(), "customer", "customer-pw").has(201);
        get("plain").has(403);
        browser.signIn(nodes().a(), "clerk", "clerk-pw").has(201);
        get("plain").has(200).hasBody().isEqualTo("plain orders for clerk");
    }

    @Test
    void asynchronousMethodsAreGuarded() {
        get("slow/stage").isUnauthorized();
        get("slow/suspended").isUnauthorized();
        browser.signIn(nodes().a(), "clerk", "clerk-pw").has(201);
        get("slow/stage").has(200).hasBody().isEqualTo("stage for clerk");
        get("slow/suspended").has(200).hasBody().isEqualTo("suspended for clerk");
    }

    private void forManagersOnly(String path, String body) {
        get(path).isUnauthorized();
        Browser clerk = new Browser();
        clerk.signIn(nodes().a(), "clerk", "clerk-pw").has(201);
        clerk.get(nodes().a().resolve("api/" + path)).has(403);
        browser.signIn(nodes().a(), "manager", "manager-pw").has(201);
        get(path).has(200).hasBody().isEqualTo(body);
    }

    private Reply get(String path) {
        return browser.get(nodes().a().resolve("api/" + path));
    }

    private Reply delete(String path) {
        return browser.delete(nodes().a().resolve("api/" + path));
    }
}
