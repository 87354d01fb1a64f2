package dev.postern.http.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Compares what is read by hand with the regular expressions that say the same. */
@Tag("S-78")
class LocalAddressTest {

    private static final Pattern LOOPBACK_HOST =
            Pattern.compile("(?i)localhost|.+\\.localhost|127(\\.\\d{1,3}){3}|\\[?::1]?");
    private static final Pattern LOOPBACK = Pattern.compile("127(\\.\\d{1,3}){3}|\\[?(::|0:0:0:0:0:0:0:)1(%.*)?]?");
    private static final Pattern PRIVATE = Pattern.compile("10(\\.\\d{1,3}){3}|192\\.168(\\.\\d{1,3}){2}"
            + "|172\\.(1[6-9]|2\\d|3[01])(\\.\\d{1,3}){2}|(?i)f[cd][0-9a-f]{2}:[0-9a-f:]+(%.*)?");

    private static final String[] PIECES = {
        "localhost",
        "LOCALHOST",
        ".localhost",
        "shop",
        "127",
        "127.",
        "127.0.0.1",
        ".0",
        ".1",
        ".",
        ":",
        "::1",
        "0:",
        "0:0:0:0:0:0:0:1",
        "[",
        "]",
        "%lo",
        "%",
        "10",
        "10.1",
        "192.168",
        "172.",
        "16",
        "15",
        "31",
        "32",
        "20",
        ".255",
        "1000",
        "fc00:",
        "fd12:",
        "FD12:",
        "fe80:",
        "f",
        "c",
        "a",
        "G",
        ""
    };

    @Test
    void readsWhatTheExpressionsSay() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int pieces = random.nextInt(6); pieces >= 0; pieces--) {
                text.append(PIECES[random.nextInt(PIECES.length)]);
            }
            String each = text.toString();
            String what = "'" + each + "', seed " + seed;
            assertThat(LocalAddress.isLoopbackHost(each))
                    .as(what)
                    .isEqualTo(LOOPBACK_HOST.matcher(each).matches());
            assertThat(LocalAddress.isLoopback(each))
                    .as(what)
                    .isEqualTo(LOOPBACK.matcher(each).matches());
            assertThat(LocalAddress.isPrivate(each))
                    .as(what)
                    .isEqualTo(PRIVATE.matcher(each).matches());
        }
    }
}
