package dev.postern.session;

import static dev.postern.session.TestSessions.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.session.token.Token;
import dev.postern.session.user.SessionUser;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SessionStarterTest {

    private final TestSessions sessions = new TestSessions();

    @Test
    @Tag("P-15")
    @Tag("X-11")
    void keepsWhatContributorsGaveAtTheTimeOfTheSession() {
        LiveSession begun =
                sessions.beginWith("ann", draft -> draft.put("at", draft.at().toString()));

        assertThat(sessions.live(begun.token()).row().metadata()).isEqualTo(Map.of("at", START.toString()));
    }

    @Test
    @Tag("P-15")
    void letsNoContributorSetWhatPosternKeepsItself() {
        LiveSession begun = sessions.beginWith("ann", draft -> {
            draft.put("createdAt", "yesterday");
            draft.put("authenticatedAt", "yesterday");
            draft.put("insertedAt", "yesterday");
            draft.put("fingerprint", "mine");
        });

        LiveSession resumed = sessions.live(begun.token());
        assertThat(resumed.handle()).isEqualTo(begun.token().session());
        assertThat(resumed.row().times().created()).isEqualTo(START);
        assertThat(resumed.row().times().authenticated()).isEqualTo(START);
        assertThat(resumed.row().generation().since()).isEqualTo(START);
    }

    @Test
    void beginsNothingWhenAContributorFails() {
        assertThatThrownBy(() -> sessions.beginWith("ann", draft -> {
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");

        assertThat(sessions.cache().writes()).isZero();
    }

    @Test
    @Tag("P-29")
    void refusesAUserWithoutAName() {
        assertThatThrownBy(() -> sessions.begin(" ")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SessionUser("", Set.of(), Map.of())).isInstanceOf(IllegalArgumentException.class);

        assertThat(sessions.cache().writes()).isZero();
    }

    @Test
    @Tag("S-17")
    void recordsTheMethodsOfTheLastSignIn() {
        LiveSession begun = begin(Optional.empty(), "pwd", "otp");
        assertThat(sessions.live(begun.token()).row().methods()).containsExactlyInAnyOrder("pwd", "otp");
        assertThat(begun.toSession().methods()).containsExactlyInAnyOrder("pwd", "otp");

        LiveSession again = begin(Optional.of(begun.token()), "hwk");
        assertThat(again.handle()).isEqualTo(begun.handle());
        assertThat(sessions.live(again.token()).row().methods()).containsExactly("hwk");

        LiveSession unknown = begin(Optional.of(again.token()));
        assertThat(sessions.live(unknown.token()).row().methods()).isEmpty();
    }

    @Test
    void refusesMethodsThatCouldNotStandInAChallenge() {
        assertThatThrownBy(() -> begin(Optional.empty(), "a b")).isInstanceOf(IllegalArgumentException.class);

        assertThat(sessions.cache().writes()).isZero();
    }

    private LiveSession begin(Optional<Token> presented, String... methods) {
        return sessions.keeper()
                .begin(new SignInRequest(
                        TestSessions.user("ann"), Set.of(methods), false, presented, draft -> {}, Optional.empty()))
                .orElseThrow();
    }

    @Test
    @Tag("P-34")
    void writesAWholeSessionInOneStep() {
        LiveSession begun = sessions.begin("ann");

        assertThat(sessions.cache().writes()).isEqualTo(1);
        assertThat(sessions.active(begun.token())).isEqualTo(begun.row());
    }

    @Test
    @Tag("H-16")
    void beginsNoSessionBeforeTheEpochWhenTheClockWentBack() {
        Duration ahead = Duration.ofMinutes(5);
        sessions.createEpoch(sessions.begin("ann").token(), START.plus(ahead));

        assertThat(sessions.begin("ann").row().times().created()).isEqualTo(START.plus(ahead));
    }

    @Test
    @Tag("H-09")
    void recognisesItsOwnWriteWhenTheAnswerSaysOtherwise() {
        sessions.cache().denyNextWrites(1);
        LiveSession begun = sessions.begin("ann");
        assertThat(sessions.live(begun.token()).handle()).isEqualTo(begun.handle());

        sessions.cache().denyNextWrites(1);
        LiveSession again = sessions.beginOver(begun.token(), "ann");
        assertThat(sessions.live(again.token()).handle()).isEqualTo(begun.handle());
    }
}
