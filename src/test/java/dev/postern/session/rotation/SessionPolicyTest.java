package dev.postern.session.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.session.TestSessions;
import dev.postern.session.row.SessionTimes;
import dev.postern.session.row.TestRows;
import org.junit.jupiter.api.Test;

class SessionPolicyTest {

    private static final SessionTimes.Limits SHORT = TestRows.LIMITS.ordinary();
    private static final SessionTimes.Limits LONG = TestRows.LIMITS.remembered();

    @Test
    void longestIsTheLongerLifespanWhicheverItIs() {
        assertThatTheLongestIsLong(new SessionPolicy(
                SHORT, LONG, TestRows.LIMITS.renewal(), TestSessions.TOUCH, SessionPolicy.PerUser.UNLIMITED));
        assertThatTheLongestIsLong(new SessionPolicy(
                LONG, SHORT, TestRows.LIMITS.renewal(), TestSessions.TOUCH, SessionPolicy.PerUser.UNLIMITED));
    }

    private static void assertThatTheLongestIsLong(SessionPolicy limits) {
        assertThat(limits.longestIdle()).isEqualTo(LONG.idle());
        assertThat(limits.longestAbsolute()).isEqualTo(LONG.absolute());
    }
}
