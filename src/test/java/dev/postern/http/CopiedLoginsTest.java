package dev.postern.http;

import static dev.postern.http.TestDesk.ANN;
import static dev.postern.http.TestDesk.COOKIE;
import static dev.postern.http.TestDesk.withBearer;
import static dev.postern.http.TestDesk.withCookie;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.CurrentUserLoader;
import dev.postern.Ending;
import dev.postern.http.TestDesk.Exchange;
import dev.postern.session.LiveSession;
import dev.postern.session.MetadataEdits;
import dev.postern.session.TestSessions;
import dev.postern.session.request.RequestLogin;
import dev.postern.session.request.UserLookup;
import dev.postern.session.token.Handle;
import dev.postern.testing.TestMessageContext;
import dev.postern.testing.TestRequest;
import dev.postern.testing.TestResponse;
import jakarta.security.enterprise.AuthenticationStatus;
import java.security.Principal;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What an accepted copy does not change: which requests are let in, and what they see of their session. */
@Tag("L1")
class CopiedLoginsTest {

    private static final UserLookup UNCHANGING = UserLookup.unchanging();

    private final TestDesk desk = TestDesk.withCopies(UNCHANGING);
    private final String cookie = copied(desk);

    private static String copied(TestDesk desk) {
        String value = desk.cookieOfAnn();
        assertThat(isByCopy(desk, withCookie(value))).isFalse();
        assertThat(isByCopy(desk, withCookie(value))).isTrue();
        return value;
    }

    /** Whether the request is let in, and nothing is read for it. */
    private static boolean isByCopy(TestDesk desk, TestRequest request) {
        int before = desk.sessions.cache().reads();
        assertThat(desk.resume(request).user()).isEqualTo("ann");
        return desk.sessions.cache().reads() == before;
    }

    private LiveSession session() {
        return desk.resume(withCookie(cookie)).login().session().orElseThrow();
    }

    @Test
    void revokedSessionIsRefused() {
        desk.keeper.end(session().token(), Ending.REVOKED);

        assertThat(desk.resume(withCookie(cookie)).isAnonymous()).isTrue();
    }

    @Test
    void signedOutSessionIsRefused() {
        desk.signOut(withCookie(cookie));

        assertThat(desk.resume(withCookie(cookie)).isAnonymous()).isTrue();
    }

    @Test
    @Tag("L2")
    void editIsSeenByTheNextRequest() {
        desk.keeper.edit(session(), MetadataEdits.NONE.and("desk", Optional.of("7")));

        assertThat(session().row().metadata()).containsEntry("desk", "7");
    }

    @Test
    @Tag("L2")
    void formerTokenIsRefusedAfterASignInOverTheSession() {
        String next = desk.signIn(withCookie(cookie), ANN, false).cookie();

        assertThat(desk.resume(withCookie(cookie)).isAnonymous()).isTrue();
        assertThat(desk.resume(withCookie(next)).user()).isEqualTo("ann");
    }

    @Test
    @Tag("X-21")
    void anyOtherTextIsRefusedWithoutARead() {
        char last = cookie.charAt(cookie.length() - 1);
        int reads = desk.sessions.cache().reads();
        for (String forged : new String[] {
            cookie.substring(0, cookie.length() - 1) + (last == 'A' ? 'B' : 'A'),
            cookie.substring(0, 60) + "A".repeat(cookie.length() - 60),
            cookie.substring(0, 2) + (cookie.charAt(2) == 'A' ? 'B' : 'A') + cookie.substring(3),
            "A".repeat(cookie.length()),
            cookie + "A",
            cookie.substring(1)
        }) {
            assertThat(desk.resume(withCookie(forged)).isAnonymous()).as(forged).isTrue();
        }
        assertThat(desk.sessions.cache().reads()).isEqualTo(reads);
    }

    @Test
    void passiveRequestIsAcceptedAndLeavesNoTrace() {
        int writes = desk.sessions.cache().writes();

        assertThat(desk.resume(withCookie(cookie), true).user()).isEqualTo("ann");
        desk.sessions.twin().pass(TestSessions.TOUCH);
        assertThat(desk.resume(withCookie(cookie), true).user()).isEqualTo("ann");
        assertThat(desk.sessions.cache().writes()).isEqualTo(writes);

        assertThat(desk.resume(withCookie(cookie)).user()).isEqualTo("ann");
        assertThat(desk.sessions.cache().writes()).isGreaterThan(writes);
    }

    @Test
    @Tag("S-78")
    void cookieOverPlainHttpIsRefused() {
        assertThat(desk.resume(withCookie(cookie).plain("shop.example", "192.0.2.1"))
                        .isAnonymous())
                .isTrue();
        assertThat(desk.resume(withBearer(cookie).plain("shop.example", "192.0.2.1"))
                        .isAnonymous())
                .isTrue();
    }

    @Test
    void bearerTokenIsAcceptedAloneAndWithACookieRefused() {
        assertThat(isByCopy(desk, withBearer(cookie))).isTrue();
        assertThat(desk.resume(withCookie(cookie).header("Authorization", "Bearer " + cookie))
                        .isAnonymous())
                .isTrue();
        assertThat(desk.resume(withCookie(cookie).header("Authorization", "Bearer x"))
                        .isAnonymous())
                .isTrue();
    }

    @Test
    @Tag("S-86")
    void twoIssuedCookiesAreRefusedAndAPlantedOneDoesNotCount() {
        String other = copied(desk);

        assertThat(desk.resume(withCookie(cookie + "; " + COOKIE + "=" + other)).isAnonymous())
                .isTrue();
        assertThat(isByCopy(desk, withCookie("planted; " + COOKIE + "=" + cookie)))
                .isTrue();
    }

    @Test
    void eachRequestHasItsOwnTime() {
        Duration before = session().sinceAuthentication();
        desk.sessions.twin().pass(Duration.ofMillis(5));

        assertThat(session().sinceAuthentication()).isEqualTo(before.plusMillis(5));
    }

    @Test
    void containerGetsThePrincipalOfTheCopyUntilItIsDropped() {
        Principal first = told();
        assertThat(told()).isSameAs(first);

        desk.keeper.edit(session(), MetadataEdits.NONE.and("desk", Optional.of("7")));

        assertThat(told()).isNotSameAs(first).extracting(Principal::getName).isEqualTo("ann");
    }

    @Test
    @Tag("P-22")
    void changedRolesHoldAtOnce() {
        Set<String> roles = new HashSet<>(Set.of("clerk"));
        TestDesk changing = TestDesk.withCopies(UserLookup.of(
                new CurrentUserLoader<String>() {
                    @Override
                    public Optional<String> load(String name) {
                        return Optional.of(name);
                    }

                    @Override
                    public Set<String> roles(String user) {
                        return Set.copyOf(roles);
                    }
                },
                Duration.ZERO,
                name -> Handle.of(new byte[Handle.BYTES]),
                () -> 0));
        String value = copied(changing);
        LiveSession former = live(changing.resume(withCookie(value)));

        roles.clear();

        LiveSession now = live(changing.resume(withCookie(value)));
        assertThat(now.user().roles()).isEmpty();
        assertThat(now.roles()).isNotSameAs(former.roles());
    }

    private static LiveSession live(Exchange exchange) {
        return ((RequestLogin.SignedIn) exchange.login()).live();
    }

    /** The principal of which the mechanism tells the container. */
    private Principal told() {
        TestRequest request = withCookie(cookie);
        TestMessageContext context = new TestMessageContext(request.get(), true);
        AuthenticationStatus status =
                context.ask(desk.mechanism(desk.check(credential -> null), desk.guard), new TestResponse());
        assertThat(status).isEqualTo(AuthenticationStatus.SUCCESS);
        return context.principal().orElseThrow();
    }
}
