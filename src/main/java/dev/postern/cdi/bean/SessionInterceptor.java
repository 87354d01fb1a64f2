package dev.postern.cdi.bean;

import dev.postern.CurrentUser;
import dev.postern.ExposeSession;
import dev.postern.SessionMetadata;
import dev.postern.http.request.CurrentRequest;
import dev.postern.rest.metadata.MetadataResponseFilter;
import dev.postern.session.request.RequestEdits;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.AroundTimeout;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.io.Serializable;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Exposes the session to other interceptors, and decides whether the metadata that a method has changed is saved: yes
 * if the method returns, no if it throws. An answer that an exception mapper gives changes nothing in that. For a
 * method that returns a promise {@link MetadataResponseFilter} decides by the answer.
 *
 * <p>The interceptor runs outside of the application's transactions, so a failed commit counts as an exception. Of
 * nested calls on one thread the outermost decides. The class is serializable because passivated beans may carry its
 * binding.
 *
 * <p>Safe for concurrent use: it reads the request of the calling thread.
 */
@Interceptor
@ExposeSession
@Priority(Interceptor.Priority.PLATFORM_BEFORE)
public class SessionInterceptor implements Serializable {

    private static final long serialVersionUID = 1;

    /** Whether a method is being called on this thread. */
    private static final ThreadLocal<Boolean> INSIDE = new ThreadLocal<>();

    /** Injected into fields, because Payara's enterprise beans call the constructor without parameters. */
    @Inject
    private CurrentUser user;

    @Inject
    private SessionMetadata metadata;

    /** Wraps a call of a business method. */
    @AroundInvoke
    public @Nullable Object around(InvocationContext call) throws Exception {
        expose(call);
        return INSIDE.get() == null ? first(call) : call.proceed();
    }

    /** Wraps a call of a timer. */
    @AroundTimeout
    public @Nullable Object aroundTimeout(InvocationContext call) throws Exception {
        return around(call);
    }

    private void expose(InvocationContext call) {
        call.getContextData().put(ExposeSession.CURRENT_USER, user);
        if (CurrentRequest.get().isPresent()) {
            call.getContextData().put(ExposeSession.SESSION_METADATA, metadata);
        }
    }

    private @Nullable Object first(InvocationContext call) throws Exception {
        INSIDE.set(true);
        try {
            Object result = call.proceed();
            if (!(result instanceof CompletionStage<?>)) {
                edits().ifPresent(RequestEdits::keep);
            }
            return result;
        } catch (Exception | Error e) {
            edits().ifPresent(RequestEdits::drop);
            throw e;
        } finally {
            INSIDE.remove();
        }
    }

    /** The edits of this request; empty outside of a request, and after another thread has ended it. */
    private static Optional<RequestEdits> edits() {
        try {
            return CurrentRequest.get()
                    .flatMap(served -> RequestEdits.of(served.request().getAttribute(RequestEdits.ATTRIBUTE)));
        } catch (IllegalStateException e) {
            return Optional.empty();
        }
    }
}
