package dev.postern.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What pages of other sites may load of what a user sees; the whole matrix is a unit test. */
interface Isolation extends OnTwoNodes {

    String TRUSTED = "https://app.example";

    @Test
    @Tag("F-13")
    @Tag("S-31")
    default void otherSitesLoadNothingWithTheCookie() {
        browser().signIn(nodes().a(), "clerk", "clerk-pw").has(201);

        for (String path : new String[] {"api/orders", "guarded", "who", "postern/session"}) {
            loading("cross-site", "no-cors", "image")
                    .get(nodes().b().resolve(path))
                    .isForbidden();
            loading("same-site", "cors", "empty").get(nodes().b().resolve(path)).isForbidden();
            loading("cross-site", "navigate", "object")
                    .get(nodes().b().resolve(path))
                    .isForbidden();

            Reply led = loading("cross-site", "navigate", "document")
                    .get(nodes().b().resolve(path))
                    .has(200);
            assertThat(led.header("Vary")).as(led.toString()).contains("Sec-Fetch-Mode");
            loading("same-origin", "cors", "empty")
                    .get(nodes().b().resolve(path))
                    .has(200);
            loading("cross-site", "cors", "empty")
                    .sending("Origin", TRUSTED)
                    .get(nodes().b().resolve(path))
                    .has(200);
        }
    }

    @Test
    @Tag("F-13")
    default void otherSitesLoadWhatNeedsNoUser() {
        loading("cross-site", "no-cors", "image")
                .get(nodes().a().resolve("who"))
                .has(200)
                .hasBody()
                .contains("user=\n");
    }

    private Browser loading(String site, String mode, String destination) {
        return browser()
                .copy()
                .sending("Sec-Fetch-Site", site)
                .sending("Sec-Fetch-Mode", mode)
                .sending("Sec-Fetch-Dest", destination);
    }
}
