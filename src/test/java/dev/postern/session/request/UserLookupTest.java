package dev.postern.session.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.CurrentUserLoader;
import dev.postern.PosternException;
import dev.postern.session.LiveSession;
import dev.postern.session.TestSessions;
import dev.postern.session.request.UserLookup.LoadedUser;
import dev.postern.session.token.Handle;
import dev.postern.session.user.SessionUser;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class UserLookupTest {

    private static final Duration EVERY = Duration.ofMinutes(5);

    private final TestSessions sessions = new TestSessions();
    private final Users users = new Users();
    private long nanos = EVERY.multipliedBy(10).toNanos();

    /** Tells spellings apart, as many databases do, and notes the names that it was asked for. */
    private static final class Users implements CurrentUserLoader<String> {

        private final List<String> loaded = new ArrayList<>();
        private Optional<String> gone = Optional.empty();
        private Optional<RuntimeException> failure = Optional.empty();

        @Override
        public Optional<String> load(String name) {
            loaded.add(name);
            failure.ifPresent(e -> {
                throw e;
            });
            return Optional.of(name).filter(known -> !gone.equals(Optional.of(known)));
        }

        @Override
        public Set<String> roles(String user) {
            return Set.of("role of " + user);
        }

        @Override
        public Map<String, String> attributes(String user) {
            return Map.of("desk", "of " + user);
        }

        @Override
        public String canonicalName(String name) {
            return name.equals("4711") ? "ann" : name;
        }
    }

    private UserLookup remembering(Duration every) {
        return UserLookup.of(users, every, sessions.mint()::userHandle, () -> nanos);
    }

    @Test
    @Tag("A2")
    void neverGivesOneSpellingTheRolesOfAnother() {
        UserLookup lookup = remembering(EVERY);
        LiveSession one = sessions.begin("Admin");
        LiveSession other = sessions.begin("admin");

        for (LiveSession session : new LiveSession[] {one, other, one, other}) {
            assertThat(lookup.now(session).orElseThrow().user().roles())
                    .containsExactly("role of " + session.row().user().name());
        }
    }

    @Test
    void withoutALoaderUsersStayWhatTheyWereAtTheSignIn() {
        UserLookup lookup = UserLookup.unchanging();
        LiveSession session = sessions.begin("ann");
        SessionUser proven = TestSessions.user("bob");

        assertThat(lookup.now(session)).contains(new LoadedUser(session.row().user(), Optional.empty()));
        assertThat(lookup.atSignIn(proven)).contains(new LoadedUser(proven, Optional.empty()));
        assertThat(lookup.canonicalName("4711")).isEqualTo("4711");
    }

    @Test
    void loaderGivesTheRolesAndAddsAttributes() {
        UserLookup lookup = remembering(EVERY);
        SessionUser proven = new SessionUser("ann", Set.of("clerk"), Map.of("mail", "ann@example.org"));
        SessionUser loaded =
                new SessionUser("ann", Set.of("role of ann"), Map.of("mail", "ann@example.org", "desk", "of ann"));

        assertThat(lookup.atSignIn(proven)).contains(new LoadedUser(loaded, Optional.of("ann")));
        assertThat(lookup.canonicalName("4711")).isEqualTo("ann");
    }

    @Test
    void answerIsRememberedForAsLongAsTheSettingSays() {
        UserLookup lookup = remembering(EVERY);
        LiveSession session = sessions.begin("ann");
        Optional<LoadedUser> first = lookup.now(session);

        nanos += EVERY.toNanos() - 1;
        assertThat(lookup.now(session)).isEqualTo(first);
        assertThat(users.loaded).hasSize(1);

        nanos++;
        assertThat(lookup.now(session)).isEqualTo(first);
        assertThat(users.loaded).hasSize(2);
    }

    @Test
    void signInLoadsTheUserAnewAndItsAnswerIsRemembered() {
        UserLookup lookup = remembering(EVERY);
        LiveSession session = sessions.begin("ann");
        assertThat(lookup.now(session)).isPresent();

        nanos += EVERY.toNanos() - 1;
        assertThat(lookup.atSignIn(session.row().user())).isPresent();
        assertThat(users.loaded).hasSize(2);

        nanos += EVERY.toNanos() - 1;
        assertThat(lookup.now(session)).isPresent();
        assertThat(users.loaded).hasSize(2);
    }

    @Test
    void nothingIsRememberedForNoTime() {
        UserLookup lookup = UserLookup.of(
                users,
                Duration.ZERO,
                name -> {
                    throw new AssertionError("The user is not to be remembered.");
                },
                () -> nanos);
        LiveSession session = sessions.begin("ann");

        assertThat(lookup.atSignIn(session.row().user())).isPresent();
        assertThat(lookup.now(session)).isPresent();
        assertThat(lookup.now(session)).isPresent();
        assertThat(users.loaded).hasSize(3);
    }

    @Test
    void userWhoIsGoneIsLookedUpEachTimeAndForgotten() {
        UserLookup lookup = remembering(EVERY);
        LiveSession session = sessions.begin("ann");
        assertThat(lookup.now(session)).isPresent();
        users.gone = Optional.of("ann");

        assertThat(lookup.atSignIn(session.row().user())).isEmpty();
        assertThat(lookup.now(session)).isEmpty();
        assertThat(lookup.now(session)).isEmpty();
        assertThat(users.loaded).hasSize(4);
    }

    @Test
    void loaderThatFailsLeavesTheUserUnknown() {
        UserLookup lookup = remembering(EVERY);
        LiveSession session = sessions.begin("ann");

        users.failure = Optional.of(new IllegalStateException("no connection"));
        assertThatThrownBy(() -> lookup.now(session))
                .isInstanceOf(PosternException.class)
                .hasRootCauseMessage("no connection");

        PosternException own = new PosternException("The loader says so itself.");
        users.failure = Optional.of(own);
        assertThatThrownBy(() -> lookup.now(session)).isSameAs(own);
    }

    /** Or the heap of a node would grow with the number of its users. */
    @Test
    void tenThousandUsersAreRememberedAndThenTheOldestAnswerGoes() {
        LiveSession first = sessions.begin("ann");
        LiveSession second = sessions.begin("bob");
        UserLookup lookup = UserLookup.of(users, EVERY, UserLookupTest::numbered, () -> nanos);
        assertThat(lookup.now(first)).isPresent();
        assertThat(lookup.now(second)).isPresent();
        for (int number = 2; number < 10_000; number++) {
            assertThat(lookup.atSignIn(TestSessions.user(Integer.toString(number))))
                    .isPresent();
        }

        users.loaded.clear();
        assertThat(lookup.now(first)).isPresent();
        assertThat(users.loaded).isEmpty();

        assertThat(lookup.atSignIn(TestSessions.user("10000"))).isPresent();
        users.loaded.clear();
        assertThat(lookup.now(second)).isPresent();
        assertThat(users.loaded).isEmpty();
        assertThat(lookup.now(first)).isPresent();
        assertThat(users.loaded).containsExactly("ann");
    }

    private static Handle numbered(String name) {
        return Handle.of(
                ByteBuffer.allocate(Handle.BYTES).putInt(Integer.parseInt(name)).array());
    }
}
