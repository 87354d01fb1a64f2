package dev.postern.rest;

import jakarta.enterprise.util.AnnotationLiteral;
import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Binds {@link ResourceInterceptor} to a class. Nobody has to write it: Postern's CDI extension gives it to JAX-RS resources. */
@InterceptorBinding
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface ResourceMethods {

    /** The annotation itself. */
    final class Literal extends AnnotationLiteral<ResourceMethods> implements ResourceMethods {

        private static final long serialVersionUID = 1;
    }
}
