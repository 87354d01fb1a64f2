package dev.postern.session.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import org.junit.jupiter.api.Test;

class HmacKeyTest {

    /** RFC 4231, test case 2. */
    private static final byte[] KEY = "Jefe".getBytes(StandardCharsets.US_ASCII);

    private static final String DATA = "what do ya want for nothing?";
    private static final String RESULT = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";

    private final KeyRing.HmacKey key = new KeyRing.HmacKey(KEY);

    @Test
    void isThatOfTheStandard() {
        assertThat(result(key.mac())).isEqualTo(RESULT);
        assertThat(result(KeyRing.HmacKey.once(KEY))).isEqualTo(RESULT);
    }

    @Test
    void givesEachUseAMacThatHasSeenNothing() {
        key.mac().update((byte) 1);

        assertThat(result(key.mac())).isEqualTo(RESULT);
    }

    @Test
    void servesManyThreadsAtOnce() {
        List<String> results = IntStream.range(0, 10_000)
                .parallel()
                .mapToObj(any -> result(key.mac()))
                .distinct()
                .toList();

        assertThat(results).containsExactly(RESULT);
    }

    @Test
    void neverShowsItself() {
        assertThat(key).hasToString("HmacKey[hidden]");
    }

    private static String result(Mac mac) {
        return HexFormat.of().formatHex(mac.doFinal(DATA.getBytes(StandardCharsets.US_ASCII)));
    }
}
