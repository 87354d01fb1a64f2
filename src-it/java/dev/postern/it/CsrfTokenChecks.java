package dev.postern.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The CSRF token of a session, where it is required, and the lines of a cookie that is partitioned. */
interface CsrfTokenChecks extends OnTwoNodes {

    String CSRF = "Postern-Csrf";
    String FORM = "application/x-www-form-urlencoded";

    @Test
    @Tag("S-79")
    default void whatChangesSomethingNeedsTheSessionsCsrfToken() {
        Reply in = browser().signIn(nodes().a(), "clerk", "clerk-pw").has(201);
        String token = in.json().getString("csrfToken");
        Reply status = browser().get(nodes().b().resolve("postern/session")).has(200);
        assertThat(status.json().getString("csrfToken")).isEqualTo(token);

        browser().post(nodes().b().resolve("basket"), FORM, "").isForbidden();
        browser().delete(nodes().a().resolve("api/orders/17")).isForbidden();
        withToken("A".repeat(44)).post(nodes().b().resolve("basket"), FORM, "").isForbidden();
        browser().get(nodes().b().resolve("basket")).has(200).hasBody().doesNotContain("apples");
        withToken(token)
                .post(nodes().b().resolve("basket"), FORM, "")
                .has(200)
                .hasBody()
                .isEqualTo("apples");

        browser().signOut(nodes().b()).isForbidden();
        browser().get(nodes().b().resolve("guarded")).has(200);
        withToken(token)
                .signOut(nodes().b())
                .has(204)
                .setsTheCookie("__Host-postern=; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Path=/; Secure;"
                        + " HttpOnly; SameSite=None; Partitioned");
        browser().get(nodes().a().resolve("guarded")).isUnauthorized();
    }

    /** Over a session that is still there, too, and where the cookie does not count any more. */
    @Test
    @Tag("S-79")
    default void signInAndAnonymousRequestsNeedNone() {
        browser().post(nodes().a().resolve("basket"), FORM, "").has(200);
        String token = browser()
                .signIn(nodes().a(), "clerk", "clerk-pw")
                .has(201)
                .json()
                .getString("csrfToken");
        Browser over = browser().copy();
        browser().signIn(nodes().b(), "clerk", "clerk-pw").has(201);

        withToken(token).post(nodes().a().resolve("basket"), FORM, "").has(200); // it outlives the token in the cookie
        over.post(nodes().b().resolve("basket"), FORM, "").has(200);
        over.post(nodes().b().resolve("standard"), FORM, "do=clerk").has(200);
    }

    @Test
    @Tag("S-84")
    @Tag("S-91")
    default void partitionedCookieIsSetLetterForLetter() {
        browser()
                .signIn(nodes().a(), "clerk", "clerk-pw")
                .has(201)
                .setsTheCookie("__Host-postern=TOKEN; Path=/; Secure; HttpOnly; SameSite=None; Partitioned");
        new Browser()
                .post(nodes().b().resolve("postern/session"), FORM, "username=clerk&password=clerk-pw&remember=true")
                .has(201)
                .setsTheCookie("__Host-postern=TOKEN; Max-Age=2592000; Expires=DATE; Path=/; Secure; HttpOnly;"
                        + " SameSite=None; Partitioned");
    }

    private Browser withToken(String token) {
        return browser().copy().sending(CSRF, token);
    }
}
