package dev.postern.rest.metadata;

import dev.postern.CurrentUser;
import dev.postern.ExposeSession;
import dev.postern.SessionMetadata;
import dev.postern.session.request.RequestEdits;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.AroundTimeout;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import jakarta.servlet.http.HttpServletRequest;
import java.io.Serializable;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Exposes the session to other interceptors, and sees whether a method returns or throws, which
 * {@link MetadataResponseFilter} cannot: what it has changed in the metadata of its session is saved or dropped, for
 * any answer that an exception mapper gives. For a method that returns a promise only the answer decides.
 *
 * <p>It stands outside the application's transactions, so that one that is not committed counts as a failure. Of calls
 * within calls on one thread the outermost decides. It is serializable because beans that are written to disk may carry
 * its binding.
 *
 * <p>Safe for concurrent use: it looks at the request of the calling thread.
 */
@Interceptor
@ExposeSession
@Priority(Interceptor.Priority.PLATFORM_BEFORE)
@SuppressWarnings("NullAway.Init")
public class SessionInterceptor implements Serializable {

    private static final long serialVersionUID = 1;

    /** Whether a method is being called on this thread. */
    private static final ThreadLocal<Boolean> INSIDE = new ThreadLocal<>();

    /** No constructor's arguments, because Payara's container of enterprise beans calls the one without any. */
    @Inject
    private HttpServletRequest request;

    @Inject
    private CurrentUser user;

    @Inject
    private SessionMetadata metadata;

    /** Goes around each call. */
    @AroundInvoke
    public @Nullable Object around(InvocationContext call) throws Exception {
        expose(call);
        return INSIDE.get() == null ? first(call) : call.proceed();
    }

    /** Goes around each call of a timer. */
    @AroundTimeout
    public @Nullable Object aroundTimeout(InvocationContext call) throws Exception {
        return around(call);
    }

    private void expose(InvocationContext call) {
        call.getContextData().put(ExposeSession.CURRENT_USER, user);
        if (isInRequest()) {
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

    private boolean isInRequest() {
        try {
            Object unused = request.getAttribute(RequestEdits.ATTRIBUTE);
            return true;
        } catch (ContextNotActiveException | IllegalStateException e) {
            return false;
        }
    }

    /**
     * There is none outside a request, where the application may call the bean as well, nor when another thread has
     * ended it.
     */
    private Optional<RequestEdits> edits() {
        try {
            return RequestEdits.of(request.getAttribute(RequestEdits.ATTRIBUTE));
        } catch (ContextNotActiveException | IllegalStateException e) {
            return Optional.empty();
        }
    }
}
