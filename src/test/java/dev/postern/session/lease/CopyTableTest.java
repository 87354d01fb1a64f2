package dev.postern.session.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.session.LiveSession;
import dev.postern.session.TestSessions;
import dev.postern.session.row.RowKey;
import dev.postern.session.token.KnownToken;
import dev.postern.session.user.ConfirmedRoles;
import dev.postern.testing.Race;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class CopyTableTest {

    private final TestSessions sessions = new TestSessions();
    private final CopyTable table = new CopyTable(3);

    @Test
    void findsACopyByAnyTokenOfItsSession() {
        LiveSession session = kept("ann");

        assertThat(isThere(session)).isTrue();
        assertThat(table.get(sessions.mint().successor(session.token(), 2).reveal()))
                .isNotNull();
        assertThat(table.get(sessions.begin("ann").token().reveal())).isNull();
        assertThat(table.get("")).isNull();
    }

    @Test
    void findsNoneThatWasDropped() {
        LiveSession dropped = kept("ann");
        LiveSession other = kept("ann");

        table.drop(dropped.key());

        assertThat(isThere(dropped)).isFalse();
        assertThat(isThere(other)).isTrue();
    }

    @Test
    void dropsAllOfOneUserOrAllOfAll() {
        LiveSession first = kept("ann");
        LiveSession second = kept("ann");
        LiveSession others = kept("bob");

        table.drop(first.userHandle());
        assertThat(isThere(first) || isThere(second)).isFalse();
        assertThat(isThere(others)).isTrue();

        table.dropAll();
        assertThat(isThere(others)).isFalse();
        assertThat(table.size()).isZero();
    }

    @Test
    void dropsNothingByAKeyThatIsNone() {
        LiveSession session = kept("ann");
        for (String key : new String[] {"", "x", session.userHandle().text(), session.userHandle() + ".", "x.y"}) {
            table.drop(new RowKey(key));
        }

        assertThat(isThere(session)).isTrue();
    }

    @Test
    void keepsTheCopiesThatWereUsedLast() {
        LiveSession used = kept("ann");
        LiveSession unused = kept("bob");
        kept("cid");
        assertThat(isThere(used)).isTrue();

        kept("dan");

        assertThat(table.size()).isEqualTo(3);
        assertThat(isThere(used)).isTrue();
        assertThat(isThere(unused)).isFalse();
    }

    @Test
    void keepsNothingThatWasDroppedWhileItWasRead() {
        LiveSession one = sessions.begin("ann");
        LiveSession ofUser = sessions.begin("bob");
        LiveSession any = sessions.begin("cid");
        LiveSession untouched = sessions.begin("dan");
        CopyTable.Fill[] fills = {table.begin(one.token()), table.begin(ofUser.token()), table.begin(untouched.token())
        };

        table.drop(one.key());
        table.drop(ofUser.userHandle());
        keep(fills[0], one);
        keep(fills[1], ofUser);
        keep(fills[2], untouched);
        CopyTable.Fill last = table.begin(any.token());
        table.dropAll();
        keep(last, any);

        assertThat(isThere(one) || isThere(ofUser) || isThere(any) || isThere(untouched))
                .isFalse();
    }

    @Test
    void aDropIsSeenByEveryLookUpThatBeginsAfterIt() throws Exception {
        LiveSession session = kept("ann");
        AtomicBoolean isDropped = new AtomicBoolean();
        List<Boolean> areLate = Race.of(4, racer -> {
            if (racer == 0) {
                table.drop(session.key());
                isDropped.set(true);
            }
            boolean isLate = false;
            for (int i = 0; i < 10_000; i++) {
                isLate |= isDropped.get() && isThere(session);
            }
            return isLate;
        });

        assertThat(areLate).containsOnly(false);
        assertThat(isThere(session)).isFalse();
    }

    private LiveSession kept(String user) {
        LiveSession session = sessions.begin(user);
        CopyTable.Fill fill = table.begin(session.token());
        keep(fill, session);
        return session;
    }

    private void keep(CopyTable.Fill fill, LiveSession session) {
        table.keep(
                fill,
                new CopyTable.Copy(
                        KnownToken.of(session.token()),
                        session.row(),
                        session.at(),
                        session.row().times().expires(),
                        new ConfirmedRoles()));
        table.end(fill);
    }

    private boolean isThere(LiveSession session) {
        return table.get(session.token().reveal()) != null;
    }
}
