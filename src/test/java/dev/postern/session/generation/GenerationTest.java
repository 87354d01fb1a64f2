package dev.postern.session.generation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.session.token.ClientHash;
import dev.postern.session.token.SecretHash;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GenerationTest {

    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
    private static final SecretHash HASH = SecretHash.read(new byte[SecretHash.BYTES]);

    @Test
    void numbersASuccessorHigherThanWhatIsInUseAndWhatIsOnOffer() {
        assertThat(Generation.first(HASH, NOW).next()).contains(2);
        assertThat(fifthOffering(6).next()).contains(7);
        assertThat(fifthOffering(3).next()).contains(6);
    }

    private static ClusterTime steady(Instant now) {
        return new ClusterTime(now, true);
    }

    private static Generation fifthOffering(int number) {
        return new Generation(
                5,
                NOW,
                5,
                HASH,
                OfferedTokens.NONE.and(
                        new OfferedTokens.Offer(number, HASH, NOW, ClientHash.UNKNOWN), Duration.ofMinutes(1)),
                RetiredTokens.NONE);
    }

    @Test
    void forgetsFormerTokensOnceNobodyHonestCanSendThem() {
        Duration grace = Duration.ofMinutes(1);
        Generation second = Generation.first(HASH, NOW).movedTo(2, HASH, steady(NOW), grace);
        Instant copy = NOW.plus(grace.multipliedBy(4));

        assertThat(second.movedTo(3, HASH, steady(copy.minusMillis(1)), grace)
                        .retired()
                        .all())
                .hasSize(2);
        assertThat(second.movedTo(3, HASH, steady(copy), grace).retired().all()).hasSize(1);
    }

    /** The client's cookie jar may keep either of two tokens whose answers were under way at the same time. */
    @ParameterizedTest
    @CsvSource({
        "-1, true, OVERTAKEN", // milliseconds after an offer's lifetime
        "0, true, RENEWED",
        "0, false, OVERTAKEN",
    })
    void tokenThatWasIssuedBesideTheCurrentOneOvertakesItUntilAllAnswersAreIn(
            int millis, boolean isSteady, RetiredTokens.Retirement retirement) {
        Duration grace = Duration.ofMinutes(1);
        Instant now = NOW.plus(OfferedTokens.lifetime(grace)).plusMillis(millis);
        Generation second = new Generation(2, NOW, 3, HASH, OfferedTokens.NONE, RetiredTokens.NONE);

        assertThat(second.movedTo(3, HASH, new ClusterTime(now, isSteady), grace)
                        .retired()
                        .all())
                .containsExactly(new RetiredTokens.RetiredToken(2, now, retirement));
    }
}
