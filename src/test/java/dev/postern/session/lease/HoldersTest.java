package dev.postern.session.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.session.token.Handle;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HoldersTest {

    private static final String ONE = Handle.of(new byte[Handle.BYTES]).text();
    private static final String OTHER = ONE.replace('A', 'Q');

    @Test
    void isReadAsItWasWritten() {
        Holders holders = Holders.NONE.and(ONE).and(OTHER).fenced(List.of(OTHER));

        assertThat(Holders.decode(holders.encode())).contains(holders);
        assertThat(Holders.decode(Holders.NONE.encode())).contains(Holders.NONE);
    }

    @Test
    void fencedNodeStaysInItUntilItIsTakenOut() {
        Holders holders = Holders.NONE.and(ONE).fenced(List.of(ONE, OTHER));

        assertThat(holders.ids()).containsExactly(ONE);
        assertThat(holders.isOpen(ONE)).isFalse();
        assertThat(holders.without(List.of(ONE))).isEqualTo(Holders.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"o", "x" + "AAAAAAAAAAAAAAAAAAAAAA", "oAAAA", "\n", "o AAAAAAAAAAAAAAAAAAAAA"})
    void otherBytesAreNone(String bytes) {
        assertThat(Holders.decode(bytes.getBytes(StandardCharsets.US_ASCII))).isEmpty();
    }
}
