package dev.postern;

import jakarta.enterprise.util.AnnotationLiteral;
import jakarta.inject.Qualifier;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Injects the caller in the application's own type, as the {@link CurrentUserLoader} gave it:
 * {@code @Inject @Caller Customer customer}.
 *
 * <p>The value is the object itself and no proxy. It is null for an anonymous caller, and where the user is of another
 * type. The type of the injection point is the one that the loader loads, one of its superclasses or interfaces, or a
 * subclass.
 *
 * <p>The object is looked up once, when the bean that wants it is made. So it belongs in a bean that lives for a
 * request: a request-scoped bean, or a JAX-RS resource. A bean that lives longer would give the user of one request to
 * the next. There inject {@code @Caller Instance<Customer>} and call {@link jakarta.enterprise.inject.Instance#get
 * get()} in the request, or call {@link CurrentUser#as}. An owner of the injection point that is known to live longer
 * stops the deployment, or the injection throws {@link IllegalStateException}.
 *
 * <p>For one request thread.
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
