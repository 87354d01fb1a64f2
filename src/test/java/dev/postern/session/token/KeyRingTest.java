package dev.postern.session.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import org.junit.jupiter.api.Test;

class KeyRingTest {

    private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);
    private static final String SHORT = Base64.getEncoder().encodeToString(new byte[31]);

    @Test
    void signsWithTheFirstAndKnowsAll() {
        KeyRing ring = KeyRing.parse("7:" + KEY + ", 255:" + KEY, KEY);

        assertThat(ring.signingKey()).isEqualTo((byte) 7);
        assertThat(ring.mac((byte) 7)).isPresent();
        assertThat(ring.mac((byte) 255)).isPresent();
        assertThat(ring.mac((byte) 8)).isEmpty();
    }

    @Test
    void saysWhatIsWrongAndNeverWhatTheKeyIs() {
        refuses("", KEY, "id:base64");
        refuses(KEY, KEY, "id:base64");
        refuses("x:" + KEY, KEY, "number from 0 to 255");
        refuses("256:" + KEY, KEY, "number from 0 to 255");
        refuses("1:" + KEY + ",1:" + KEY, KEY, "key id 1 occurs twice");
        refuses("1:" + SHORT, KEY, "key 1 has 31 bytes, and needs 32");
        refuses("1:***" + KEY, KEY, "key 1 is not base64");
        refuses("1:" + KEY, SHORT, "the index key has 31 bytes, and needs 32");
        refuses("1:" + KEY + ",", KEY, "id:base64");
    }

    @Test
    void drawsTwoDifferentKeysOutOfTheBytes() {
        byte[] random = new byte[64];
        random[0] = 1;
        KeyRing ring = KeyRing.drawn(random);

        byte[] signing = ring.mac(ring.signingKey()).orElseThrow().doFinal(new byte[1]);
        assertThat(signing).isNotEqualTo(ring.indexMac().doFinal(new byte[1]));
        assertThatThrownBy(() -> KeyRing.drawn(new byte[63])).isInstanceOf(IllegalArgumentException.class);
    }

    private static void refuses(String ring, String index, String sentence) {
        assertThatThrownBy(() -> KeyRing.parse(ring, index))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(sentence)
                .hasMessageNotContaining(KEY.substring(0, 10));
    }
}
