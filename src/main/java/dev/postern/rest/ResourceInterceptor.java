package dev.postern.rest;

import dev.postern.session.Login;
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
 * Saves what a method of a JAX-RS resource that is a CDI bean has changed in the metadata of its session, when the method returns,
 * or when what it promised is there; and drops it when the method fails, whatever an exception mapper makes of that.
 *
 * <p>Safe for concurrent use: it looks at the request of the calling thread.
 */
@Interceptor
@ResourceMethods
@Priority(Interceptor.Priority.LIBRARY_BEFORE)
public class ResourceInterceptor {

    private final HttpServletRequest request;

    @Inject
    ResourceInterceptor(HttpServletRequest request) {
        this.request = request;
    }

    /** Goes around each call. */
    @AroundInvoke
    public @Nullable Object around(InvocationContext call) throws Exception {
        Object result;
        try {
            result = call.proceed();
        } catch (Exception | Error e) {
            edits().ifPresent(RequestEdits::drop);
            throw e;
        }
        Optional<RequestEdits> edits = edits();
        if (edits.isPresent() && result instanceof CompletionStage<?> promise) {
            return settled(promise, edits.get(), login());
        }
        edits.ifPresent(changed -> request.setAttribute(Login.ATTRIBUTE, changed.save(login())));
        return result;
    }

    /** Wherever that happens, it is no thread of the request's. */
    private static CompletionStage<?> settled(CompletionStage<?> promise, RequestEdits edits, Login login) {
        return promise.whenComplete((value, failure) -> {
            if (failure == null) {
                Login unused = edits.save(login);
            } else {
                edits.drop();
            }
        });
    }

    private Login login() {
        return Login.of(request.getAttribute(Login.ATTRIBUTE));
    }

    /** None outside a request, where the application may call the bean as well. */
    private Optional<RequestEdits> edits() {
        try {
            return request.getAttribute(RequestEdits.ATTRIBUTE) instanceof RequestEdits edits
                    ? Optional.of(edits)
                    : Optional.empty();
        } catch (ContextNotActiveException | IllegalStateException e) {
            return Optional.empty();
        }
    }
}
