package dev.postern.session.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.session.token.ClientHash;
import dev.postern.session.token.SecretHash;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("A4")
class OfferedTokensTest {

    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
    private static final Duration GRACE = Duration.ofMinutes(1);
    private static final Duration STANDING = OfferedTokens.lifetime(GRACE);
    private static final Duration TICK = Duration.ofMillis(1);
    private static final SecretHash HASH = SecretHash.read(new byte[SecretHash.BYTES]);

    @Test
    void aClientIsOfferedOneAtATime() {
        OfferedTokens one = OfferedTokens.NONE.and(offer(2, NOW, 1), GRACE);

        assertThat(one.admit(origin(1), NOW.plus(STANDING).minus(TICK), GRACE)).isFalse();
        assertThat(one.admit(origin(1), NOW.plus(STANDING), GRACE)).isTrue();
        assertThat(one.admit(origin(2), NOW, GRACE)).isTrue();
    }

    @Test
    void aNewOfferTakesThePlaceOfItsClientsFormerOneOrOfTheOldest() {
        OfferedTokens full = OfferedTokens.NONE;
        for (int client = 1; client <= OfferedTokens.MOST; client++) {
            full = full.and(offer(1 + client, NOW, client), GRACE);
        }

        assertThat(numbers(full)).containsExactly(2, 3, 4, 5);
        assertThat(numbers(full.and(offer(6, NOW, 3), GRACE))).containsExactly(2, 3, 5, 6);
        assertThat(numbers(full.and(offer(6, NOW, 9), GRACE))).containsExactly(3, 4, 5, 6);
    }

    @Test
    void thoseThatAreNewerThanATokenInUseStay() {
        OfferedTokens two = OfferedTokens.NONE.and(offer(2, NOW, 1), GRACE).and(offer(3, NOW, 2), GRACE);

        assertThat(numbers(two.newerThan(2, NOW))).containsExactly(3);
        assertThat(two.newerThan(3, NOW)).isEqualTo(OfferedTokens.NONE);
    }

    @Test
    void periodsWithoutAnAnswerAreCountedAsFarAsTheReport() {
        OfferedTokens offers = OfferedTokens.NONE;
        for (int period = 0; period < 2 * OfferedTokens.REPORTED; period++) {
            Instant start = NOW.plus(STANDING.multipliedBy(period));
            offers = offers.and(offer(2 + 2 * period, start, 1), GRACE);
            assertThat(offers.unanswered()).isEqualTo(Math.min(period, OfferedTokens.REPORTED));
            offers = offers.and(offer(3 + 2 * period, start.plus(STANDING).minus(TICK), 2), GRACE);
            assertThat(offers.unanswered())
                    .as("another client's, at the same time")
                    .isEqualTo(Math.min(period, OfferedTokens.REPORTED));
        }

        assertThat(offers.newerThan(10, NOW).unanswered()).isZero();
    }

    @Test
    void thereAreNeverMoreThanAFew() {
        List<OfferedTokens.Offer> many = Collections.nCopies(OfferedTokens.MOST + 1, offer(2, NOW, 1));

        assertThatThrownBy(() -> new OfferedTokens(many, 0, NOW)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new OfferedTokens(List.of(), -1, NOW)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new OfferedTokens(List.of(), OfferedTokens.REPORTED + 1, NOW))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static List<Integer> numbers(OfferedTokens offers) {
        return offers.all().stream().map(OfferedTokens.Offer::number).toList();
    }

    private static OfferedTokens.Offer offer(int number, Instant at, long client) {
        return new OfferedTokens.Offer(number, HASH, at, new ClientHash(client));
    }

    private static RequestSource origin(long client) {
        return new RequestSource(new ClientHash(client), false);
    }
}
