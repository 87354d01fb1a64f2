package dev.postern;

import jakarta.enterprise.util.AnnotationLiteral;
import jakarta.inject.Qualifier;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Injects the user of the request in the application's own type, as its {@link CurrentUserLoader} gives it:
 * {@code @Inject @Caller Customer customer}. It is the object itself and no proxy, or null for an anonymous caller. The
 * type is the one that the loader loads, one of its superclasses or interfaces, or a subclass; where the user is of
 * another type it is null.
 *
 * <p>The object is looked for once, when the bean that wants it is made. So it belongs into a bean that lives for a
 * request: a request-scoped bean, or a JAX-RS resource. A bean that lives longer would give the user of one request to
 * the next; there inject {@code @Caller Instance<Customer>} and call {@code get()} in the request, or
 * {@link CurrentUser#as}. Where the owner of the injection point can be seen to live longer, the deployment stops, or
 * the injection throws {@link IllegalStateException}.
 */
@Qualifier
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.METHOD})
public @interface Caller {

    /** The qualifier as an object, for a lookup in a program. */
    final class Literal extends AnnotationLiteral<Caller> implements Caller {

        private static final long serialVersionUID = 1;

        /** The only one. */
        public static final Literal INSTANCE = new Literal();

        private Literal() {}
    }
}
