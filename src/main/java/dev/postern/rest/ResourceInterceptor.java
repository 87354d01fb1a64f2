package dev.postern.rest;

import dev.postern.session.RequestEdits;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Sees whether a method of a JAX-RS resource that is a CDI bean returns or throws, which {@link SavedMetadata} cannot: what it has
 * changed in the metadata of its session is saved or dropped, whatever an exception mapper makes of it. Of a method that promises
 * its answer only the answer tells.
 *
 * <p>It stands outside the application's transactions, so that one that is not committed counts as a failure. Of calls from one
 * resource to another on one thread the first one decides.
 *
 * <p>Safe for concurrent use: it looks at the request of the calling thread.
 */
@Interceptor
@ResourceMethods
@Priority(Interceptor.Priority.PLATFORM_BEFORE)
public class ResourceInterceptor {

    /** Whether a resource is being called on this thread. Asking the request, through its proxy, would be what a call costs most. */
    private static final ThreadLocal<Boolean> INSIDE = new ThreadLocal<>();

    /** No constructor's argument, because Payara's container of enterprise beans calls the one without any. */
    @Inject
    private HttpServletRequest request;

    /** Goes around each call. */
    @AroundInvoke
    public @Nullable Object around(InvocationContext call) throws Exception {
        return INSIDE.get() == null ? first(call) : call.proceed();
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

    /** There is none outside a request, where the application may call the bean as well, nor when another thread has ended it. */
    private Optional<RequestEdits> edits() {
        try {
            return RequestEdits.of(request.getAttribute(RequestEdits.ATTRIBUTE));
        } catch (ContextNotActiveException | IllegalStateException e) {
            return Optional.empty();
        }
    }
}
