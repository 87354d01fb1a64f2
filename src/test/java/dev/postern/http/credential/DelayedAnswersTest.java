package dev.postern.http.credential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.testing.TestRequest;
import dev.postern.testing.TestResponse;
import jakarta.servlet.AsyncContext;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DelayedAnswersTest {

    private final TestResponse response = new TestResponse();
    private final List<String> calls = new ArrayList<>();
    private final TestRequest request =
            new TestRequest().answer("isAsyncSupported", true).answer("startAsync", context());

    private AsyncContext context() {
        return (AsyncContext) Proxy.newProxyInstance(
                DelayedAnswersTest.class.getClassLoader(),
                new Class<?>[] {AsyncContext.class},
                (proxy, method, arguments) -> {
                    calls.add(method.getName());
                    return method.getName().equals("getResponse") ? response.get() : null;
                });
    }

    private void send(DelayedAnswers.Answer answer) throws IOException {
        try (DelayedAnswers answers = new DelayedAnswers()) {
            answers.offer(request.get());
            assertThat(DelayedAnswers.delay(request.get(), System.nanoTime())).isTrue();
            answers.send(request.get(), answer);
        }
    }

    @Test
    void sendsAnAnswerOnAThreadOfItsOwn() throws IOException {
        Thread caller = Thread.currentThread();

        send(() -> {
            assertThat(Thread.currentThread()).isNotSameAs(caller);
            response.get().setStatus(401);
        });

        assertThat(response.status()).isEqualTo(401);
        assertThat(calls).endsWith("complete");
    }

    @Test
    void answers500WhenTheAnswerCannotBeWritten() throws IOException {
        send(() -> {
            response.get().setHeader("Half", "done");
            throw new IllegalStateException("a bundle without this text");
        });

        assertThat(response.status()).isEqualTo(500);
        assertThat(response.headers("Half")).isEmpty();
        assertThat(calls).endsWith("complete");
    }

    @Test
    void completesWhenTheClientHasGone() throws IOException {
        send(() -> {
            throw new IOException("gone");
        });

        assertThat(response.status()).isEqualTo(200);
        assertThat(calls).endsWith("complete");
    }
}
