package dev.postern;

import jakarta.enterprise.util.AnnotationLiteral;
import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Puts who is calling and the metadata of the session into the context data of each call, where other interceptors and
 * the application's own read them: {@code (CurrentUser) invocation.getContextData().get(ExposeSession.CURRENT_USER)}.
 * JAX-RS resources that inject {@link CurrentUser} or {@link SessionMetadata} have it by themselves; any other bean, or
 * method of one, may carry it.
 *
 * <p>The interceptor runs before others, with the priority {@code PLATFORM_BEFORE}. When the method returns, what it
 * has changed in the metadata is saved with the request, for any answer; when it throws, the changes are dropped. Of
 * calls within calls on one thread the outermost decides. A method that returns a {@code CompletionStage} leaves the
 * decision to the answer.
 *
 * <p>Outside a request the user is anonymous, and there is no metadata.
 */
@Documented
@Inherited
@InterceptorBinding
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface ExposeSession {

    /** The key of the {@link CurrentUser} in the context data. */
    String CURRENT_USER = "dev.postern.current-user";

    /** The key of the {@link SessionMetadata} in the context data; there is none outside a request. */
    String SESSION_METADATA = "dev.postern.session-metadata";

    /** The annotation itself. */
    final class Literal extends AnnotationLiteral<ExposeSession> implements ExposeSession {

        /** The only one that is needed. */
        public static final Literal INSTANCE = new Literal();

        private static final long serialVersionUID = 1;

        private Literal() {}
    }
}
