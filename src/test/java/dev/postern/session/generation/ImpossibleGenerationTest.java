package dev.postern.session.generation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.session.ResumeResult;
import dev.postern.session.TestSessions;
import dev.postern.session.token.Token;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A token with a valid tag and a number that no session can have: a holder of the keys can make one. */
class ImpossibleGenerationTest {

    private final TestSessions sessions = new TestSessions();
    private final Token token = sessions.begin("ann").token();

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE, Generation.LAST + 1, Integer.MAX_VALUE})
    @Tag("I10")
    @Tag("S-20")
    void isMalformedAndLookedUpNowhere(int number) {
        Token impossible = sessions.mint().successor(token, number);
        int before = sessions.cache().reads() + sessions.cache().writes();

        assertThat(sessions.resume(impossible)).isEqualTo(new ResumeResult.Malformed());

        assertThat(sessions.cache().reads() + sessions.cache().writes()).isEqualTo(before);
        sessions.live(token);
    }

    @Test
    @Tag("H-10")
    void isPossibleUpToTheLastAndThenTheRowFollows() {
        Token last = sessions.mint().successor(token, Generation.LAST);

        sessions.live(last);

        assertThat(sessions.active(token).generation().number()).isEqualTo(Generation.LAST);
    }
}
