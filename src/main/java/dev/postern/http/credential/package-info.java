/**
 * The check of a credential: the identity store, the throttle, and failures that take the same time.
 *
 * <p>{@link dev.postern.http.credential.CredentialVerifier} is the way in. The mechanism uses it. Internal: it may
 * change in any version.
 */
@NullMarked
package dev.postern.http.credential;

import org.jspecify.annotations.NullMarked;
