/**
 * OpenID Connect Back-Channel Logout: reads and verifies the logout tokens of an identity provider.
 *
 * <p>{@link dev.postern.http.logout.LogoutTokenVerifier} is the way in. The endpoint uses it. Internal: it may change
 * in any version.
 */
@NullMarked
package dev.postern.http.logout;

import org.jspecify.annotations.NullMarked;
