package dev.postern.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a page of another site makes a browser do; the whole matrix is a unit test. */
interface OtherSites extends OnTwoNodes {

    @Test
    @Tag("F-05")
    @Tag("F-12")
    @Tag("F-16")
    @Tag("S-29")
    @Tag("X-37")
    default void otherSitesChangeNothingInTheNameOfAUser() {
        browser().signIn(nodes().a(), "clerk", "clerk-pw").has(201);

        Reply refused =
                from("cross-site").delete(nodes().b().resolve("api/orders/17")).has(403);
        assertThat(refused.header("Content-Type")).startsWith("application/problem+json");
        assertThat(refused.header("Vary")).contains("Sec-Fetch-Site", "Origin");
        refused.hasBody().contains("postern.cross-site.trusted-origins");
        from("same-site").delete(nodes().b().resolve("api/orders/17")).has(403);
        from("cross-site").signOut(nodes().b()).has(403).changesNoCookie();
        from("cross-site")
                .post(nodes().b().resolve("guarded"), "text/plain", "x")
                .has(403);

        from("cross-site").get(nodes().b().resolve("api/orders")).has(200);
        from("none").delete(nodes().b().resolve("api/orders/17")).has(200);
        from("same-origin").delete(nodes().b().resolve("api/orders/17")).has(200);
    }

    /** Neither what the container keeps nor who is signed in; a page of our own shows that the same request would. */
    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "same-site"})
    @Tag("F-05")
    @Tag("S-29")
    default void requestsThatAreRefusedHaveChangedNothing(String site) {
        browser().signIn(nodes().a(), "clerk", "clerk-pw").has(201);
        URI basket = nodes().b().resolve("basket");
        String form = "application/x-www-form-urlencoded";

        from(site).post(basket, form, "").isForbidden();
        from(site).post(nodes().b().resolve("standard"), form, "do=out").isForbidden();
        from(site).signOut(nodes().b()).isForbidden();

        Browser own = browser().copy();
        own.get(basket).has(200).hasBody().doesNotContain("apples");
        own.get(nodes().b().resolve("guarded")).has(200).hasBody().isEqualTo("guarded for clerk");
        own.post(basket, form, "").has(200);
        own.get(basket).has(200).hasBody().isEqualTo("apples");
        own.post(nodes().b().resolve("standard"), form, "do=out").has(200);
        browser().copy().get(nodes().a().resolve("guarded")).isUnauthorized();
    }

    @Test
    @Tag("F-05")
    @Tag("S-29")
    @Tag("T2")
    default void otherSitesSignNobodyIn() {
        from("cross-site").signIn(nodes().a(), "clerk", "clerk-pw").has(403).changesNoCookie();
        from("cross-site")
                .post(nodes().a().resolve("standard"), "application/x-www-form-urlencoded", "do=clerk")
                .has(200) // the page's own: a failed call leaves it alone
                .changesNoCookie()
                .hasBody()
                .isEqualTo("SEND_FAILURE null");
        browser().get(nodes().a().resolve("who")).has(200).hasBody().contains("user=\n");
    }

    /** Payara does not find the endpoint behind every one of them. */
    @ParameterizedTest
    @ValueSource(strings = {"postern/session;x", "postern;a=b/session", "%70ostern/session"})
    @Tag("F-05")
    @Tag("S-29")
    @Tag("T2")
    default void otherSitesSignNobodyInHoweverThePathIsWritten(String path) {
        URI endpoint = nodes().a().resolve(path);
        String form = "username=clerk&password=clerk-pw";
        Reply refused = from("cross-site").post(endpoint, "application/x-www-form-urlencoded", form);
        assertThat(refused.status()).as(refused.toString()).isIn(Rig.onWildFly() ? List.of(403) : List.of(403, 404));
        refused.changesNoCookie();
        assertThat(refused.headers("WWW-Authenticate")).as(refused.toString()).isEmpty();
        browser().get(nodes().a().resolve("who")).has(200).hasBody().contains("user=\n");
    }

    private Browser from(String site) {
        return browser().sending("Sec-Fetch-Site", site);
    }
}
