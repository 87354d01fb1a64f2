package dev.postern.session.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.PosternException;
import dev.postern.SessionCount;
import dev.postern.UserPage;
import dev.postern.UserPage.SignedInUser;
import dev.postern.session.SignInRequest;
import dev.postern.session.TestSessions;
import dev.postern.session.row.TestRows;
import dev.postern.session.store.CredentialsCache;
import dev.postern.session.store.RowStore;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The users with living sessions. */
class SignedInUsersTest {

    private final TestSessions sessions = new TestSessions();
    private final SignedInUsers signedInUsers = sessions.keeper().signedInUsers();

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 7, 8, 100})
    void showsEveryUserOnceWhateverTheSizeOfAPage(int limit) {
        IntStream.range(0, 7).forEach(number -> sessions.begin("user " + number));
        sessions.begin("user 3");

        assertThat(all(limit))
                .extracting(SignedInUser::name)
                .containsExactlyInAnyOrder("user 0", "user 1", "user 2", "user 3", "user 4", "user 5", "user 6");
        assertThat(all(limit).stream()
                        .filter(user -> user.name().equals("user 3"))
                        .map(SignedInUser::sessions))
                .containsExactly(2);
    }

    @Test
    @Tag("P-37")
    void countsLivingSessionsOnly() {
        sessions.end(sessions.begin("ann").token());
        sessions.begin("ann");
        sessions.begin("bob");
        sessions.keeper().userSessions().endAll("bob");
        sessions.remember("cleo");

        assertThat(signedInUsers.count()).isEqualTo(new SessionCount(2, 2));
        sessions.twin().pass(TestSessions.IDLE);
        assertThat(signedInUsers.count()).isEqualTo(new SessionCount(1, 1));
    }

    @Test
    void countsMoreRowsThanAreFetchedAtOnce() {
        IntStream.range(0, 300).forEach(number -> {
            sessions.begin("user " + number);
            sessions.begin("user " + number);
        });
        IntStream.range(0, 600).forEach(number -> sessions.begin("ann"));

        assertThat(signedInUsers.count()).isEqualTo(new SessionCount(301, 1200));
    }

    @Test
    void saysWhenAUserWasLastSeen() {
        sessions.begin("ann");
        sessions.twin().pass(TestSessions.TOUCH);
        sessions.begin("ann");

        assertThat(all(1)).containsExactly(new SignedInUser("ann", 2, TestSessions.START.plus(TestSessions.TOUCH)));
    }

    @Test
    void hasNoPageWithoutUsersAndNoneAfterWhatNoPageGave() {
        assertThatThrownBy(() -> signedInUsers.page(Optional.empty(), 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> signedInUsers.page(Optional.empty(), 1001))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> signedInUsers.page(Optional.of("ann"), 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void isEmptyWhereNobodyIsSignedIn() {
        assertThat(signedInUsers.page(Optional.empty(), 10)).isEqualTo(new UserPage(List.of(), Optional.empty()));
    }

    @Test
    @Tag("G11")
    void throwsWhenTheGridIsBroken() {
        sessions.twin().setBroken(true);

        assertThatThrownBy(() -> signedInUsers.page(Optional.empty(), 10)).isInstanceOf(PosternException.class);
    }

    private List<SignedInUser> all(int limit) {
        List<SignedInUser> users = new ArrayList<>();
        UserPage page = signedInUsers.page(Optional.empty(), limit);
        users.addAll(page.users());
        while (page.next().isPresent()) {
            page = signedInUsers.page(page.next(), limit);
            assertThat(page.users()).hasSizeLessThanOrEqualTo(limit);
            users.addAll(page.users());
        }
        return users;
    }

    @Test
    void lastPageHasNoNextOne() {
        sessions.begin("ann");

        assertThat(signedInUsers.page(Optional.empty(), 2).next()).isEmpty();
    }

    @Test
    void pageOfAThousandIsFullThoughFewerRowsAreFetchedAtOnce() {
        IntStream.range(0, 501).forEach(number -> sessions.begin("user " + number));

        assertThat(signedInUsers.page(Optional.empty(), 1000).users()).hasSize(501);
    }

    @Test
    @Tag("G11")
    void skipsSignInsThatLackTheirSecondFactor() {
        IntStream.range(0, 30).forEach(number -> sessions.begin("user " + number));
        IntStream.range(0, 2000)
                .forEach(number -> sessions.keeper()
                        .halfWaySignIns()
                        .begin(
                                new SignInRequest(
                                        TestSessions.user("ann"),
                                        Set.of(),
                                        false,
                                        Optional.empty(),
                                        draft -> {},
                                        Optional.empty()),
                                Duration.ofMinutes(5)));
        AtomicInteger batches = new AtomicInteger();
        CredentialsCache counted = (CredentialsCache) Proxy.newProxyInstance(
                CredentialsCache.class.getClassLoader(),
                new Class<?>[] {CredentialsCache.class},
                (proxy, call, values) -> {
                    if (call.getName().equals("rowsBehind")) {
                        batches.incrementAndGet();
                    }
                    return call.invoke(sessions.twin(), values);
                });

        UserPage page = new SignedInUsers(new RowStore(
                        counted, sessions.codec(), Duration.ofSeconds(20), TestRows.watch(sessions.twin())))
                .page(Optional.empty(), 1000);

        assertThat(page.users()).hasSize(30);
        assertThat(batches).hasValueLessThanOrEqualTo(2);
    }

    @Test
    @Tag("G11")
    void pageThatTakesTooLongEndsEarlyAndTheNextOnesShowTheRest() {
        IntStream.range(0, 501).forEach(number -> sessions.begin("user " + number));
        SignedInUsers hurried = new SignedInUsers(
                new RowStore(sessions.twin(), sessions.codec(), Duration.ZERO, TestRows.watch(sessions.twin())));

        UserPage first = hurried.page(Optional.empty(), 1000);
        UserPage second = hurried.page(first.next(), 1000);

        assertThat(first.users()).hasSize(500);
        assertThat(second.users()).hasSize(1);
        assertThat(second.next()).isEmpty();
    }
}
