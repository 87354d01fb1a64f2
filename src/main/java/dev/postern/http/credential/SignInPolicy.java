package dev.postern.http.credential;

import dev.postern.http.request.TrustedProxies;

/**
 * What the settings say of signing in.
 *
 * <p>Immutable.
 *
 * @param mayBeRemembered whether a client may ask for a session that outlives its browser
 * @param proxies how the client's address is found
 */
public record SignInPolicy(boolean mayBeRemembered, TrustedProxies proxies) {

    /** The policy without any setting. */
    public static final SignInPolicy STANDARD = new SignInPolicy(false, TrustedProxies.NONE);
}
