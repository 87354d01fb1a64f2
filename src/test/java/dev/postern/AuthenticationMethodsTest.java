package dev.postern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthenticationMethodsTest {

    @Test
    void areASetOfAtMostEight() {
        assertThat(AuthenticationMethods.of("pwd", "otp", "pwd")).containsExactlyInAnyOrder("pwd", "otp");
        assertThat(AuthenticationMethods.of(names(8))).hasSize(8);
        assertThatThrownBy(() -> AuthenticationMethods.of(names(9))).isInstanceOf(IllegalArgumentException.class);
        assertThat(AuthenticationMethods.of("x".repeat(32))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "a b", "a\"b", "a\\b", "a\nb", "a\u007fb", "\u00e4", "123456789012345678901234567890123"
            })
    void haveNamesThatCanStandInAChallenge(String name) {
        assertThatThrownBy(() -> AuthenticationMethods.of(name)).isInstanceOf(IllegalArgumentException.class);
    }

    private static String[] names(int count) {
        return IntStream.range(0, count).mapToObj(i -> "m" + i).toArray(String[]::new);
    }
}
