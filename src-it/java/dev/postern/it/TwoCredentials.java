package dev.postern.it;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a client gets that presents a bearer token: on protected and public resources, and on the endpoints. */
interface TwoCredentials extends OnTwoNodes {

    String AUTHORIZATION = "Authorization";

    @Test
    @Tag("P-110")
    @Tag("S-88")
    @Tag("S-89")
    default void bearerTokenThatDoesNotCountIsInvalidWhereAUserIsRequired() {
        BearerClient client = new BearerClient(nodes().a());
        String over = new BearerClient(nodes().a()).token();
        client.with(over).signOut(nodes().b()).has(204);

        for (String path : new String[] {"guarded", "api/orders", "postern/session", "postern/sessions"}) {
            client.get(nodes().b().resolve(path)).has(200);
            client.with(over).get(nodes().b().resolve(path)).isInvalidToken();
            client.with("nonsense").get(nodes().b().resolve(path)).isInvalidToken();
            client.with("").get(nodes().b().resolve(path)).isInvalidToken();
            new Browser().get(nodes().b().resolve(path)).isUnauthorized().changesNoCookie();
        }
        for (String path : new String[] {"who", "api/orders/greeting"}) {
            client.with(over).get(nodes().b().resolve(path)).has(200).changesNoCookie();
            client.with("nonsense").get(nodes().b().resolve(path)).has(200).changesNoCookie();
        }
    }

    @Test
    @Tag("P-110")
    @Tag("S-36")
    @Tag("S-89")
    default void bearerTokenBesideAnotherCredentialIsRefusedWith400() {
        String token = new BearerClient(nodes().a()).token();
        browser().signIn(nodes().a(), "clerk", "clerk-pw").has(201);
        Browser both = browser().copy().sending(AUTHORIZATION, "Bearer " + token);
        Browser nonsense = browser().copy().sending(AUTHORIZATION, "Bearer nonsense");

        for (String path : new String[] {
            "guarded", "api/orders", "who", "api/orders/greeting", "postern/session", "postern/sessions"
        }) {
            both.get(nodes().b().resolve(path)).isAmbiguous();
            nonsense.get(nodes().a().resolve(path)).isAmbiguous();
            Browser.getWithAll(nodes().b().resolve(path), AUTHORIZATION, "Bearer " + token, "Bearer " + token)
                    .isAmbiguous();
            Browser.getWithAll(nodes().a().resolve(path), AUTHORIZATION, "Basic YTpi", "Bearer " + token)
                    .isAmbiguous();
        }
        both.signOut(nodes().b()).isAmbiguous();
        both.signIn(nodes().b(), "clerk", "clerk-pw").isAmbiguous();
        browser().get(nodes().b().resolve("guarded")).has(200);
        new Browser()
                .sending(AUTHORIZATION, "Bearer " + token)
                .get(nodes().b().resolve("guarded"))
                .has(200);
    }
}
