package dev.postern;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Admits only callers whose first factor was right and whose second is missing, and those who are signed in: for
 * resources that ask for the second factor, see {@link SignIn#complete}. All others get 401.
 *
 * <p>It belongs on a JAX-RS resource class or method; anywhere else it stops the deployment. It only restricts. What
 * another rule asks for beside it, such as {@link jakarta.annotation.security.RolesAllowed @RolesAllowed} or
 * {@link Fresh @Fresh}, is asked for as well, and then half-way is not enough. In a class with such a rule, mark the
 * method also with {@link jakarta.annotation.security.PermitAll @PermitAll}.
 *
 * <p>The caller of such a request is anonymous. {@link SignIn#halfWay()} says who has proven the first factor.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface HalfWay {}
