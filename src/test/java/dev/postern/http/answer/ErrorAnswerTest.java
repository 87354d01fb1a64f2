package dev.postern.http.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.testing.TestResponse;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ErrorAnswerTest {

    private final TestResponse response = new TestResponse();

    @ParameterizedTest
    @EnumSource
    @Tag("S-65")
    void saysWhatItWasToldAndNothingOfOurInside(ErrorAnswer problem) throws Exception {
        problem.write(response.get(), "Sign in first.");

        assertThat(response.headers("Content-Type")).containsExactly("application/problem+json");
        assertThat(response.text())
                .matches("\\{\"title\":\"[A-Z][A-Za-z ]+\",\"status\":\\d{3},\"detail\":\"Sign in first.\"}");
    }

    @Test
    @Tag("S-65")
    void brokenGridIsAnsweredWithoutItsCause() throws Exception {
        ErrorAnswer.unavailable(response.get());

        assertThat(response.status()).isEqualTo(503);
        assertThat(response.headers("Retry-After")).containsExactly("1");
        assertThat(response.text()).doesNotContain("Exception", "hazelcast", "dev.postern", "postern-grid");
    }
}
