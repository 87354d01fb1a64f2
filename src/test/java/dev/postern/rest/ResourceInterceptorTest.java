package dev.postern.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.session.LiveSession;
import dev.postern.session.RequestEdits;
import dev.postern.session.TestSessions;
import dev.postern.testing.TestRequest;
import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.interceptor.InvocationContext;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Field;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("X-39")
class ResourceInterceptorTest {

    private final TestSessions sessions = new TestSessions();
    private final LiveSession session = sessions.begin("ann");
    private final HttpServletRequest request = new TestRequest().get();
    private final RequestEdits edits = new RequestEdits(sessions.keeper(), session);

    @BeforeEach
    void changeSomething() {
        request.setAttribute(RequestEdits.ATTRIBUTE, edits);
        edits.change(session, "note", Optional.of("x"));
    }

    @Test
    void keepsWhatAMethodHasChangedThatReturns() throws Exception {
        assertThat(call(() -> "done")).isEqualTo("done");

        assertThat(edits.isKept()).isTrue();
        assertThat(edits.on(session)).containsKey("note");
    }

    @Test
    void dropsWhatAMethodHasChangedThatThrows() {
        IllegalStateException failure = new IllegalStateException("failed");

        assertThatThrownBy(() -> call(() -> {
                    throw failure;
                }))
                .isSameAs(failure);
        assertThat(edits.isKept()).isFalse();
        assertThat(edits.on(session)).isEmpty();
    }

    @Test
    void leavesAPromiseToItsAnswer() throws Exception {
        CompletableFuture<String> promise = new CompletableFuture<>();

        assertThat(call(() -> promise)).isSameAs(promise);
        assertThat(edits.isKept()).isFalse();
        assertThat(edits.on(session)).containsKey("note");
    }

    @Test
    void leavesTheDecisionToTheFirstOfSeveralCalls() throws Exception {
        call(() -> {
            assertThatThrownBy(() -> call(() -> {
                        throw new IllegalStateException("failed");
                    }))
                    .hasMessage("failed");
            assertThat(edits.on(session)).containsKey("note");
            call(() -> "done");
            assertThat(edits.isKept()).isFalse();
            return "done";
        });
        assertThat(edits.isKept()).isTrue();

        assertThatThrownBy(() -> call(() -> {
                    throw new IllegalStateException("failed");
                }))
                .hasMessage("failed");
        assertThat(edits.on(session)).isEmpty();
    }

    @Test
    void doesNothingWhereThereIsNoRequest() throws Exception {
        HttpServletRequest none = Answering.with(
                HttpServletRequest.class,
                Map.of(
                        "getAttribute",
                                any -> {
                                    throw new ContextNotActiveException();
                                },
                        "setAttribute",
                                any -> {
                                    throw new IllegalStateException("no request");
                                }));

        assertThat(interceptor(none).around(context(() -> "done"))).isEqualTo("done");
    }

    private @Nullable Object call(Callable<Object> method) throws Exception {
        return interceptor(request).around(context(method));
    }

    private static ResourceInterceptor interceptor(HttpServletRequest request) throws Exception {
        ResourceInterceptor interceptor = new ResourceInterceptor();
        Field field = ResourceInterceptor.class.getDeclaredField("request");
        field.setAccessible(true);
        field.set(interceptor, request);
        return interceptor;
    }

    private static InvocationContext context(Callable<Object> method) {
        return new Invocation(method);
    }
}
