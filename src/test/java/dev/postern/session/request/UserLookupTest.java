package dev.postern.session.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.CurrentUserLoader;
import dev.postern.session.LiveSession;
import dev.postern.session.TestSessions;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class UserLookupTest {

    private final TestSessions sessions = new TestSessions();

    /** Tells spellings apart, as many databases do. */
    private static final class ExactUsers implements CurrentUserLoader<String> {

        @Override
        public Optional<String> load(String name) {
            return Optional.of(name);
        }

        @Override
        public Set<String> roles(String user) {
            return Set.of("role of " + user);
        }
    }

    @Test
    @Tag("A2")
    void neverGivesOneSpellingTheRolesOfAnother() {
        UserLookup users = UserLookup.of(new ExactUsers(), Duration.ofMinutes(5), sessions.mint()::userHandle, () -> 0);
        LiveSession one = sessions.begin("Admin");
        LiveSession other = sessions.begin("admin");

        for (LiveSession session : new LiveSession[] {one, other, one, other}) {
            assertThat(users.now(session).orElseThrow().user().roles())
                    .containsExactly("role of " + session.row().user().name());
        }
    }
}
