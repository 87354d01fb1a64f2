package dev.postern.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GenerationTest {

    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
    private static final SecretHash HASH = SecretHash.read(new byte[SecretHash.BYTES]);

    @Test
    void numbersASuccessorHigherThanWhatIsInUseAndWhatIsOnOffer() {
        assertThat(Generation.first(HASH, NOW).next()).contains(2);
        assertThat(fifthOffering(6).next()).contains(7);
        assertThat(fifthOffering(3).next()).contains(6);
    }

    private static Generation fifthOffering(int number) {
        return new Generation(5, NOW, HASH, Optional.of(new Generation.Pending(number, HASH, NOW)), Formers.NONE);
    }
}
