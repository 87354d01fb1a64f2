package dev.postern.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.PosternException;
import dev.postern.testing.TestRequest;
import dev.postern.testing.TestResponse;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What becomes of an exception that the application lets pass. */
class UnavailableAnswersTest {

    private final TestResponse response = new TestResponse();

    @Test
    @Tag("X-28")
    @Tag("G11")
    void failureOfTheGridIsAnsweredWith503HoweverItIsWrapped() throws Exception {
        ServletException wrapped = new ServletException(new IllegalStateException(new PosternException("gone")));

        filter((request, answer) -> {
            throw wrapped;
        });

        assertThat(response.status()).isEqualTo(503);
        assertThat(response.headers("Retry-After")).containsExactly("1");
    }

    @Test
    void failureOfTheApplicationPasses() {
        IllegalStateException own = new IllegalStateException("a fault of the application");

        assertThatThrownBy(() -> filter((request, answer) -> {
                    throw own;
                }))
                .isSameAs(own);
        assertThat(response.status()).isEqualTo(200);
    }

    @Test
    void failurePassesWhenTheAnswerIsOnItsWay() {
        response.commit();

        assertThatThrownBy(() -> filter((request, answer) -> {
                    throw new PosternException("gone");
                }))
                .isInstanceOf(PosternException.class);
        assertThat(response.status()).isEqualTo(200);
    }

    private void filter(FilterChain application) throws Exception {
        new UnavailableAnswers().doFilter(new TestRequest().get(), response.get(), application);
    }
}
