package dev.postern.http;

import static dev.postern.http.TestDesk.ANN;
import static dev.postern.http.TestDesk.anonymous;
import static dev.postern.http.TestDesk.withCookie;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.CurrentUserLoader;
import dev.postern.Ending;
import dev.postern.http.TestDesk.Exchange;
import dev.postern.session.LiveSession;
import dev.postern.session.ResumeResult;
import dev.postern.session.TestSessions;
import dev.postern.session.request.RequestEdits;
import dev.postern.session.request.RequestLogin;
import dev.postern.session.request.UserLookup;
import dev.postern.session.user.SessionUser;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of logins when the application looks its users up anew. */
class ReloadedUsersTest {

    private static final Duration EVERY = Duration.ofSeconds(30);

    private final Staff staff = new Staff();
    private final AtomicLong nanos = new AtomicLong();
    private final TestDesk desk = desk(Duration.ZERO);

    /** The application's own users, who come and go. */
    private static final class Staff implements CurrentUserLoader<Employee> {

        private final Map<String, Employee> employees =
                new HashMap<>(Map.of("ann", new Employee(Set.of("boss"), "Sales")));
        private int asked;
        private boolean isBroken;

        @Override
        public Optional<Employee> load(String name) {
            asked++;
            if (isBroken) {
                throw new IllegalStateException("The database is down.");
            }
            return Optional.ofNullable(employees.get(name));
        }

        @Override
        public Set<String> roles(Employee user) {
            return user.roles;
        }

        @Override
        public Map<String, String> attributes(Employee user) {
            return Map.of("department", user.department);
        }
    }

    private record Employee(Set<String> roles, String department) {}

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @Tag("P-23")
    @Tag("P-75")
    @Tag("X-27")
    void requestSeesTheUserAsTheApplicationKnowsThemNow(boolean isRemembered) {
        Exchange signedIn = desk.signIn(anonymous(), ANN, isRemembered);
        assertThat(user(signedIn).roles()).containsExactly("boss");
        assertThat(user(signedIn).attributes()).containsEntry("department", "Sales");

        Employee moved = new Employee(Set.of("clerk"), "Stock");
        staff.employees.put("ann", moved);
        Exchange next = desk.resume(withCookie(signedIn.cookie()));

        assertThat(user(next).roles()).containsExactly("clerk");
        assertThat(user(next).attributes()).containsEntry("department", "Stock");
        assertThat(((RequestLogin.SignedIn) next.login()).own()).containsSame(moved);
        assertThat(next.login().session().orElseThrow().row().metadata())
                .isEqualTo(signedIn.login().session().orElseThrow().row().metadata());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @Tag("P-11")
    @Tag("P-63")
    @Tag("P-24")
    @Tag("P-76")
    @Tag("P-121")
    @Tag("S-41")
    void userWhoIsGoneIsAnonymousAndTheirSessionIsOver(boolean isRemembered) {
        String cookie = desk.signIn(anonymous(), ANN, isRemembered).cookie();
        staff.employees.clear();

        Exchange next = desk.resume(withCookie(cookie));

        assertThat(next.isAnonymous()).isTrue();
        assertThat(next.setCookies()).isEmpty();
        staff.employees.put("ann", new Employee(Set.of(), "Sales"));
        assertThat(desk.sessions.keeper().resume(cookie, TestSessions.ACTIVE))
                .isEqualTo(new ResumeResult.Over(Ending.USER_GONE));
    }

    @Test
    void requestThatChangesItsMetadataKeepsTheUserAsTheyAreNow() {
        Exchange signedIn = desk.signIn(anonymous(), ANN, false);
        LiveSession session = signedIn.login().session().orElseThrow();
        RequestEdits edits = new RequestEdits(desk.sessions.keeper(), session);
        edits.change(session, "note", Optional.of("hello"));

        RequestLogin.SignedIn saved = (RequestLogin.SignedIn) edits.save(signedIn.login());

        assertThat(saved.live().row().metadata()).containsEntry("note", "hello");
        assertThat(saved.live().user()).isEqualTo(user(signedIn));
        assertThat(saved.own()).isPresent();
    }

    @Test
    @Tag("P-120")
    void nobodyIsLookedUpWhereNobodyIsSignedIn() {
        assertThat(desk.resume(anonymous()).isAnonymous()).isTrue();
        assertThat(staff.asked).isZero();
    }

    @Test
    void userWhoIsGoneGetsNoSuccessorOfAToken() {
        String cookie = desk.signIn(anonymous(), ANN, false).cookie();
        desk.sessions.twin().pass(TestSessions.RENEW);
        staff.employees.clear();

        assertThat(desk.resume(withCookie(cookie)).setCookies()).isEmpty();
    }

    @Test
    @Tag("P-121")
    void nobodySignsInWhomTheApplicationDoesNotKnow() {
        staff.employees.clear();

        Exchange refused = desk.signIn(anonymous(), ANN, false);

        assertThat(refused.isAnonymous()).isTrue();
        assertThat(refused.setCookies()).isEmpty();
        assertThat(desk.sessions.keeper().userSessions().of("ann")).isEmpty();
    }

    @Test
    @Tag("S-66")
    void nobodyKnowsWhoIsCallingWhileTheApplicationCannotSay() {
        String cookie = desk.signIn(anonymous(), ANN, false).cookie();
        staff.isBroken = true;

        assertThat(desk.resume(withCookie(cookie)).login()).isInstanceOf(RequestLogin.Unavailable.class);
        assertThat(desk.signIn(anonymous(), ANN, false).login()).isInstanceOf(RequestLogin.Unavailable.class);
        staff.isBroken = false;
        assertThat(desk.resume(withCookie(cookie)).isAnonymous()).isFalse();
    }

    @Test
    @Tag("S-66")
    void sessionWhoseEndCannotBeWrittenIsNotLetIn() {
        String cookie = desk.signIn(anonymous(), ANN, false).cookie();
        staff.employees.clear();
        desk.sessions.cache().beforeNextWrite(() -> desk.sessions.twin().setBroken(true));

        assertThat(desk.resume(withCookie(cookie)).login()).isInstanceOf(RequestLogin.Unavailable.class);
    }

    @Test
    @Tag("S-41")
    void userIsLookedUpNoMoreOftenThanTheSettingsSay() {
        TestDesk seldom = desk(EVERY);
        String cookie = seldom.signIn(anonymous(), ANN, false).cookie();
        staff.employees.put("ann", new Employee(Set.of(), "Sales"));
        nanos.addAndGet(EVERY.toNanos() - 1);

        assertThat(user(seldom.resume(withCookie(cookie))).roles()).containsExactly("boss");
        assertThat(staff.asked).isEqualTo(1);
        nanos.incrementAndGet();
        assertThat(user(seldom.resume(withCookie(cookie))).roles()).isEmpty();
        assertThat(staff.asked).isEqualTo(2);
    }

    @Test
    void nobodyIsRememberedAsGone() {
        TestDesk seldom = desk(EVERY);
        Employee ann = staff.employees.remove("ann");
        assertThat(seldom.signIn(anonymous(), ANN, false).isAnonymous()).isTrue();
        staff.employees.put("ann", ann);

        assertThat(seldom.signIn(anonymous(), ANN, false).isAnonymous()).isFalse();
    }

    @Test
    void signInAsksAnew() {
        TestDesk seldom = desk(EVERY);
        seldom.signIn(anonymous(), ANN, false);
        staff.employees.put("ann", new Employee(Set.of("clerk"), "Sales"));

        assertThat(user(seldom.signIn(anonymous(), ANN, false)).roles()).containsExactly("clerk");
    }

    @Test
    @Tag("P-20")
    void sessionKeepsTheRolesAtSignInAndNoneOfTheApplicationsAttributes() {
        SessionUser named = new SessionUser("ann", Set.of("group"), Map.of("identity-store", "Ldap"));
        desk.signIn(anonymous(), named, false);

        SessionUser kept =
                desk.sessions.keeper().userSessions().of("ann").get(0).row().user();
        assertThat(kept.roles()).containsExactly("boss");
        assertThat(kept.attributes()).containsExactlyEntriesOf(Map.of("identity-store", "Ldap"));
    }

    private static SessionUser user(Exchange exchange) {
        return exchange.login().session().orElseThrow().user();
    }

    private TestDesk desk(Duration every) {
        return new TestDesk(UserLookup.of(staff, every, new TestSessions().mint()::userHandle, nanos::get));
    }
}
