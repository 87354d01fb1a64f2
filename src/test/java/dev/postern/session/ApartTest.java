package dev.postern.session;

import static dev.postern.session.TestSessions.IDLE;
import static dev.postern.session.TestSessions.START;
import static dev.postern.session.TestSessions.TICK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.Ending;
import dev.postern.session.rotation.SessionPolicy;
import dev.postern.session.row.SessionTimes;
import dev.postern.session.row.TestRows;
import dev.postern.session.token.Handle;
import dev.postern.session.token.Token;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Sessions, users and namespaces do not influence each other. */
class ApartTest {

    private static final Duration BRIEF = Duration.ofMinutes(16);
    private static final SessionPolicy BRIEFER = new SessionPolicy(
            new SessionTimes.Limits(BRIEF, BRIEF.plus(BRIEF)),
            TestRows.LIMITS.remembered(),
            TestRows.LIMITS.renewal(),
            TestRows.LIMITS.touchEvery(),
            SessionPolicy.PerUser.UNLIMITED);

    private final TestSessions shop = new TestSessions();
    private final TestSessions office = new TestSessions("office", BRIEFER);

    @Test
    @Tag("P-54")
    @Tag("X-03")
    void namespacesEndTheirSessionsByTheirOwnLimits() {
        Token brief = office.begin("ann").token();
        Token usual = shop.begin("ann").token();

        office.twin().setNow(START.plus(BRIEF));
        shop.twin().setNow(START.plus(BRIEF));
        assertThat(office.resume(brief)).isEqualTo(new ResumeResult.Over(Ending.EXPIRED));
        assertThat(shop.keeper().resume(usual.reveal(), ResumeRequest.PASSIVE)).isInstanceOf(ResumeResult.Live.class);
        shop.twin().setNow(START.plus(IDLE));
        assertThat(shop.resume(usual)).isEqualTo(new ResumeResult.Over(Ending.EXPIRED));
    }

    @Test
    @Tag("P-16")
    @Tag("P-124")
    @Tag("X-04")
    void namespacesRefuseEachOthersTokensUnderTheSameKeys() {
        Token shops = shop.begin("ann").token();
        Token offices = office.begin("ann").token();

        int atTheSignIns = office.cache().reads() + shop.cache().reads();

        assertThat(office.resume(shops)).isEqualTo(new ResumeResult.Malformed());
        assertThat(shop.resume(offices)).isEqualTo(new ResumeResult.Malformed());
        assertThat(office.cache().reads() + shop.cache().reads())
                .as("reads for tokens of the other namespace")
                .isEqualTo(atTheSignIns);
        assertThat(shop.live(shops).row().user().name()).isEqualTo("ann");
        assertThat(office.live(offices).row().user().name()).isEqualTo("ann");
    }

    @Test
    @Tag("P-20")
    @Tag("X-04")
    void usersOfOneNameInTwoNamespacesShareNoHandle() {
        assertThat(shop.mint().userHandle("ann")).isNotEqualTo(office.mint().userHandle("ann"));
    }

    /** What is done to a session is remembered beside it; at the end every one of them stands as it should. */
    @RepeatedTest(10)
    @Tag("P-49")
    @Tag("I1")
    @Tag("I4")
    void sessionsStandAsTheirOwnHistorySays(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        Map<Handle, Token> living = new HashMap<>();
        Map<Handle, String> users = new HashMap<>();
        Set<Token> ended = new HashSet<>();
        for (int step = 0; step < 150; step++) {
            shop.twin().pass(Duration.ofSeconds(random.nextInt(60)));
            if (living.size() < 10 || random.nextInt(10) == 0) {
                String user = "user " + random.nextInt(5);
                Token token = shop.begin(user).token();
                assertThat(users.put(token.session(), user))
                        .as("the user who had this handle, seed " + repetition)
                        .isNull();
                living.put(token.session(), token);
                continue;
            }
            Token token = living.values().stream()
                    .skip(random.nextInt(living.size()))
                    .findFirst()
                    .orElseThrow();
            if (random.nextInt(15) == 0) {
                shop.end(token);
                ended.add(token);
                living.remove(token.session());
            } else {
                living.put(token.session(), shop.offer(token).orElse(token));
            }
            keepAlive(living);
        }
        living.forEach((handle, token) -> {
            LiveSession session = shop.live(token);
            assertThat(session.handle()).as("seed " + repetition).isEqualTo(handle);
            assertThat(session.row().user().name()).as("seed " + repetition).isEqualTo(users.get(handle));
        });
        assertThat(ended)
                .isNotEmpty()
                .allSatisfy(
                        token -> assertThat(shop.resume(token)).isEqualTo(new ResumeResult.Over(Ending.SIGNED_OUT)));
    }

    private void keepAlive(Map<Handle, Token> living) {
        shop.twin().pass(TICK);
        living.replaceAll((handle, token) -> shop.offer(token).orElse(token));
    }
}
