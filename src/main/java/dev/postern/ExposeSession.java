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
 * Puts the caller and the metadata of the session into the context data of each call. Interceptors of the application
 * read them there: {@code (CurrentUser) invocation.getContextData().get(ExposeSession.CURRENT_USER)}, from a {@link
 * jakarta.interceptor.InvocationContext InvocationContext}.
 *
 * <p>JAX-RS resources that inject {@link SessionMetadata} expose both without this annotation. So do those that inject
 * {@link CurrentUser} and may have interceptors of the application: with an interceptor binding or a stereotype, on the
 * class or on a method, and enterprise beans. Any other bean, or method of one, may carry it.
 *
 * <p>The interceptor runs before those of the application, with the priority
 * {@link jakarta.interceptor.Interceptor.Priority#PLATFORM_BEFORE PLATFORM_BEFORE}. It also decides what becomes of
 * changed metadata:
 *
 * <table>
 * <caption>Changed metadata</caption>
 * <tr><th>The method</th><th>The changes</th></tr>
 * <tr><td>returns</td><td>are saved with the request, for any answer</td></tr>
 * <tr><td>throws</td><td>are dropped</td></tr>
 * <tr><td>returns a {@link java.util.concurrent.CompletionStage CompletionStage}</td>
 *     <td>are saved or dropped by the status of the answer, see {@link SessionMetadata}</td></tr>
 * </table>
 *
 * <p>Of nested calls on one thread the outermost decides. Outside a request the user is anonymous, and there is no
 * metadata.
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
