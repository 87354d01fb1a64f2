package dev.postern.rest.answer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("C23")
class AcceptHeaderTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*/*",
                "application/json",
                "application/problem+json",
                "application/vnd.api+json;q=0.2",
                "APPLICATION/Json ; q=1.0 , text/plain;q=0.999",
                "application/*;q=0.3, text/*;q=0.2",
                "application/json, text/plain, */*",
            })
    void prefersJsonOrLikesItAsMuch(String accept) {
        assertThat(AcceptHeader.of(accept).prefersJson()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",;,",
                "text/plain",
                "text/html,application/xhtml+xml,*/*;q=0.8",
                "application/xml",
                "application/json;q=0",
                "application/json;q=2",
                "application/json;q=NaN",
                "application/json;q=0.5, text/plain",
            })
    void prefersText(String accept) {
        assertThat(AcceptHeader.of(accept).prefersJson()).isFalse();
    }

    @Test
    void acceptsEverythingWithoutAHeader() {
        assertThat(AcceptHeader.of(null).prefersJson()).isTrue();
    }
}
