package dev.postern;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Admits only callers who have proved a short while ago who they are, or have done so by certain methods. Signing in
 * proves it. Being remembered, or going on with a session, does not.
 *
 * <p>{@code @Fresh(within = "PT5M")} asks for a recent sign-in, {@code @Fresh(by = "mfa")} for a second factor, and
 * {@code @Fresh(within = "PT5M", by = {"hwk", "otp"})} for both. Without either the deployment stops.
 *
 * <p>It belongs on a JAX-RS resource class or method. Age and methods are decided each by itself: what the method says
 * beats what its class says, and what it leaves out stays as the class has it. So {@code @Fresh(within = "PT5M")} on a
 * method of a class with {@code @Fresh(by = "mfa")} asks for both. Of several that apply side by side all must hold. It
 * requires a signed-in user even where no other rule does.
 *
 * <p>A user whose sign-in is not enough gets 401 with the challenge of RFC 9470: {@code
 * error="insufficient_user_authentication"}, {@code max_age} in seconds if it is too old, and {@code acr_values} if it
 * was by other methods. An anonymous caller gets the ordinary 401.
 * Signing in again satisfies it, and the session stays the same (ASVS 5.0, 7.5.1).
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Fresh {

    /**
     * How old the sign-in may be: an ISO-8601 duration of at least a second, for example {@code PT5M}. At that age the
     * caller is refused. Any other text stops the deployment. Empty if any age will do, which is the default.
     */
    String within() default "";

    /**
     * The methods of which the sign-in must have one, for example {@code mfa}. {@link AuthenticationMethods} says what
     * a method is; any other text stops the deployment. Empty if any method will do, which is the default.
     */
    String[] by() default {};
}
