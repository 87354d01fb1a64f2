package dev.postern.cdi.bean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.CurrentUser;
import dev.postern.ExposeSession;
import dev.postern.SessionMetadata;
import dev.postern.http.request.CurrentRequest;
import dev.postern.rest.Answering;
import dev.postern.rest.Invocation;
import dev.postern.session.LiveSession;
import dev.postern.session.TestSessions;
import dev.postern.session.request.RequestEdits;
import dev.postern.testing.TestRequest;
import dev.postern.testing.TestResponse;
import jakarta.interceptor.InvocationContext;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Field;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("X-39")
class SessionInterceptorTest {

    private static final CurrentUser USER = Answering.with(
            CurrentUser.class, Map.of("hashCode", any -> 1, "equals", any -> true, "toString", any -> "user"));
    private static final SessionMetadata METADATA = Answering.with(
            SessionMetadata.class, Map.of("hashCode", any -> 2, "equals", any -> true, "toString", any -> "metadata"));

    private final TestSessions sessions = new TestSessions();
    private final LiveSession session = sessions.begin("ann");
    private final HttpServletRequest request = new TestRequest().get();
    private final RequestEdits edits = new RequestEdits(sessions.keeper(), session);
    private final CurrentRequest.Serving serving = CurrentRequest.serve(request, new TestResponse().get());

    @BeforeEach
    void changeSomething() {
        request.setAttribute(RequestEdits.ATTRIBUTE, edits);
        edits.change(session, "note", Optional.of("x"));
    }

    @AfterEach
    void end() {
        serving.end();
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
    void doesNothingOnAThreadThatServesNoRequest() throws Exception {
        serving.end();

        Invocation call = new Invocation(() -> "done");
        assertThat(interceptor().around(call)).isEqualTo("done");
        assertThat(call.getContextData()).containsOnlyKeys(ExposeSession.CURRENT_USER);
        assertThat(edits.isKept()).isFalse();
    }

    @Test
    void doesNothingAfterAnotherThreadHasEndedTheRequest() throws Exception {
        HttpServletRequest ended = Answering.with(HttpServletRequest.class, Map.of("getAttribute", any -> {
            throw new IllegalStateException("ended");
        }));
        CurrentRequest.Serving other = CurrentRequest.serve(ended, new TestResponse().get());
        try {
            assertThat(call(() -> "done")).isEqualTo("done");
        } finally {
            other.end();
        }
    }

    @Test
    void exposesTheUserAndTheMetadataToEachCall() throws Exception {
        Invocation outer = new Invocation(() -> "done");
        Invocation inner = new Invocation(() -> interceptor().around(outer));
        interceptor().around(inner);
        assertThat(outer.getContextData())
                .isEqualTo(inner.getContextData())
                .isEqualTo(Map.of(ExposeSession.CURRENT_USER, USER, ExposeSession.SESSION_METADATA, METADATA));
    }

    @Test
    void goesAroundTimersAsWell() throws Exception {
        Invocation call = new Invocation(() -> "done");
        assertThat(interceptor().aroundTimeout(call)).isEqualTo("done");
        assertThat(call.getContextData()).containsKey(ExposeSession.CURRENT_USER);
    }

    private @Nullable Object call(Callable<Object> method) throws Exception {
        return interceptor().around(context(method));
    }

    private static SessionInterceptor interceptor() throws Exception {
        SessionInterceptor interceptor = new SessionInterceptor();
        for (Map.Entry<String, Object> value :
                Map.of("user", USER, "metadata", METADATA).entrySet()) {
            Field field = SessionInterceptor.class.getDeclaredField(value.getKey());
            field.setAccessible(true);
            field.set(interceptor, value.getValue());
        }
        return interceptor;
    }

    private static InvocationContext context(Callable<Object> method) {
        return new Invocation(method);
    }
}
