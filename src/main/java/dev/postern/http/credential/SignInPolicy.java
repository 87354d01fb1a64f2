package dev.postern.http.credential;

import dev.postern.http.request.TrustedProxies;

/**
 * The settings for signing in.
 *
 * <p>Immutable.
 *
 * @param mayBeRemembered whether a client may ask for a session that outlives its browser
 * @param proxies the way to the client's address
 */
public record SignInPolicy(boolean mayBeRemembered, TrustedProxies proxies) {

    /** The policy without any setting. */
    public static final SignInPolicy STANDARD = new SignInPolicy(false, TrustedProxies.NONE);
}
