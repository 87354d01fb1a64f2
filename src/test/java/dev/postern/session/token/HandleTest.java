package dev.postern.session.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HandleTest {

    @Test
    void isReadAsItWasWritten() {
        Handle handle = Handle.of(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, -1});

        assertThat(Handle.parse(handle.text())).contains(handle);
        assertThat(handle).hasToString(handle.text());
    }

    /** One handle has one text. Or one session had several names. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "AAAAAAAAAAAAAAAAAAAAA",
                "AAAAAAAAAAAAAAAAAAAAAAA",
                "AAAAAAAAAAAAAAAAAAAAAB",
                "AAAAAAAAAAAAAAAAAAAA==",
                "AAAAAAAAAAAAAAAAAAAA+A",
                "AAAAAAAAAAA AAAAAAAAAA"
            })
    void otherTextsAreNone(String text) {
        assertThat(Handle.parse(text)).isEmpty();
    }

    @Test
    void hasSixteenBytes() {
        assertThatThrownBy(() -> Handle.of(new byte[15])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Handle.of(new byte[17])).isInstanceOf(IllegalArgumentException.class);
    }
}
