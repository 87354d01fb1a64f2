/**
 * The limits on failed sign-ins, and on how often a user signs in.
 *
 * <p>{@link dev.postern.session.throttle.SignInThrottle} is the way in. {@link
 * dev.postern.session.throttle.FailureCountStore} is the port that an adapter implements. The check of credentials
 * uses it. It knows no session. Internal: it may change in any version.
 */
@NullMarked
package dev.postern.session.throttle;

import org.jspecify.annotations.NullMarked;
