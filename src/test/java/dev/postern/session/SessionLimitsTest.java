package dev.postern.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SessionLimitsTest {

    private static final Lifespan SHORT = TestRows.LIMITS.ordinary();
    private static final Lifespan LONG = TestRows.LIMITS.remembered();

    @Test
    void longestIsTheLongerLifespanWhicheverItIs() {
        assertThatTheLongestIsLong(
                new SessionLimits(SHORT, LONG, TestRows.LIMITS.renewal(), TestSessions.TOUCH, PerUser.UNLIMITED));
        assertThatTheLongestIsLong(
                new SessionLimits(LONG, SHORT, TestRows.LIMITS.renewal(), TestSessions.TOUCH, PerUser.UNLIMITED));
    }

    private static void assertThatTheLongestIsLong(SessionLimits limits) {
        assertThat(limits.longestIdle()).isEqualTo(LONG.idle());
        assertThat(limits.longestAbsolute()).isEqualTo(LONG.absolute());
    }
}
