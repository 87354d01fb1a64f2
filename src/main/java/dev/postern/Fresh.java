package dev.postern;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Lets only callers in who have proved a short while ago who they are: by signing in, not by being remembered or by
 * going on with a session. On a JAX-RS resource class or method; the method's own beats that of its class, and the
 * shortest counts where several stand side by side. It asks for a signed-in user even where nothing else does.
 *
 * <p>A user who signed in longer ago gets 401 and the challenge of RFC 9470,
 * {@code error="insufficient_user_authentication"} with {@code max_age} in seconds. That differs from the answer to an
 * anonymous caller. Signing in again satisfies it, and the session stays the same (ASVS 5.0, 7.5.1).
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Fresh {

    /**
     * How long ago that may be: an ISO-8601 duration of at least a second, for example {@code PT5M}. From then on the
     * caller is refused. Anything else stops the deployment.
     */
    String within();
}
