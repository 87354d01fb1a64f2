package dev.postern.http.credential;

import dev.postern.http.request.TrustedProxies;
import java.time.Duration;
import java.util.Optional;

/**
 * The settings for signing in.
 *
 * <p>Immutable.
 *
 * @param mayBeRemembered whether a client may ask for a session that outlives its browser
 * @param proxies the way to the client's address
 * @param second what holds for the second factor
 */
public record SignInPolicy(boolean mayBeRemembered, TrustedProxies proxies, SecondStep second) {

    /**
     * The settings for the second factor.
     *
     * @param within how long a user has for it after the first
     * @param page the page that asks for it, below the context path; empty if the login page sends no browser there
     */
    public record SecondStep(Duration within, Optional<String> page) {

        /** The second step without any setting. */
        public static final SecondStep STANDARD = new SecondStep(Duration.ofMinutes(5), Optional.empty());
    }

    /** A policy with the standard second step. */
    public SignInPolicy(boolean mayBeRemembered, TrustedProxies proxies) {
        this(mayBeRemembered, proxies, SecondStep.STANDARD);
    }

    /** The policy without any setting. */
    public static final SignInPolicy STANDARD = new SignInPolicy(false, TrustedProxies.NONE);
}
