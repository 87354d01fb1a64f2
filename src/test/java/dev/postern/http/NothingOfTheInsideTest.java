package dev.postern.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.PosternException;
import dev.postern.session.TestSessions;
import dev.postern.session.concurrent.Deadline;
import dev.postern.session.row.RowCodec;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.RowTtl;
import dev.postern.session.row.TestRows;
import dev.postern.session.store.CredentialsCache;
import dev.postern.testing.InMemoryCredentialsCache;
import dev.postern.testing.PassingCache;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What clients are told while the grid fails and says where and why. */
@Tag("S-65")
class NothingOfTheInsideTest {

    private static final List<String> INSIDE =
            List.of("hazelcast", "10.0.0.1", "orders-map", "Exception", "dev.postern", "\tat ");

    private final Talkative cache = new Talkative(new InMemoryCredentialsCache(
            new RowTtl(RowCodec.plain(), TestRows.LIMITS.longestIdle(), TestRows.LIMITS.longestAbsolute()),
            TestSessions.START));
    private final FrontDesk desk = new FrontDesk(cache);

    /** A cache that fails, once it is told to, with a message that nobody outside should read. */
    private static final class Talkative extends PassingCache {

        private boolean isBroken;

        Talkative(CredentialsCache cache) {
            super(cache);
        }

        @Override
        public Optional<byte[]> read(RowKey key, Deadline deadline) {
            fail();
            return super.read(key, deadline);
        }

        @Override
        public boolean create(RowKey key, byte[] row, Deadline deadline) {
            fail();
            return super.create(key, row, deadline);
        }

        @Override
        public boolean swap(RowKey key, byte[] seen, byte[] next, Deadline deadline) {
            fail();
            return super.swap(key, seen, next, deadline);
        }

        private void fail() {
            if (isBroken) {
                throw new PosternException(
                        "hazelcast 10.0.0.1 does not answer", new IllegalStateException("orders-map at 10.0.0.1"));
            }
        }
    }

    @Test
    void reachesAPageThatNeedsAUser() {
        tellsNothing(desk.cookieOfAnn(), cookie -> desk.page(cookie, true));
    }

    @Test
    void reachesAPageThatAsksWhoIsCalling() {
        tellsNothing(desk.cookieOfAnn(), desk::pageThatAsks);
    }

    @Test
    void reachesWhoeverSignsIn() {
        tellsNothing(desk.cookieOfAnn(), cookie -> desk.signIn(FrontDesk.anonymous()));
        tellsNothing(desk.cookieOfAnn(), cookie -> desk.signIn(FrontDesk.with(cookie)));
    }

    @Test
    void reachesWhoeverAsksForTheStatus() {
        tellsNothing(desk.cookieOfAnn(), desk::status);
    }

    @Test
    void reachesWhoeverSignsOut() {
        tellsNothing(desk.cookieOfAnn(), desk::signOut);
        tellsNothing(desk.cookieOfAnn(), desk::logout);
    }

    private interface Entry {
        FrontDesk.Answer ask(String cookie);
    }

    private void tellsNothing(String cookie, Entry entry) {
        cache.isBroken = true;
        FrontDesk.Answer answer = entry.ask(cookie);
        cache.isBroken = false;

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.response().text()).doesNotContainIgnoringCase(INSIDE.toArray(new String[0]));
    }
}
