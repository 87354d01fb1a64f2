package dev.postern;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The challenges in the header {@code WWW-Authenticate} of Postern's 401 answers: RFC 9110, section 11.6.1.
 *
 * <p>Stateless.
 */
public final class Challenge {

    /** The header that every 401 carries. */
    public static final String HEADER = "WWW-Authenticate";

    /**
     * The challenge for an anonymous caller. The scheme is Postern's own, so that no browser opens its password dialog.
     */
    public static final String VALUE = "Postern";

    /**
     * The challenge for a client whose bearer token was not issued here, or whose session is over: RFC 6750, section
     * 3.1. Browsers open no dialog for it either.
     */
    public static final String INVALID_TOKEN = "Bearer error=\"invalid_token\"";

    /**
     * The challenge, with 400, for a client that sends a bearer token beside another credential: RFC 6750, section 2.
     * It is unknown which of them is meant.
     */
    public static final String INVALID_REQUEST = "Bearer error=\"invalid_request\"";

    /** The challenge for a client whose first factor was right, and whose second is missing: RFC 9470, section 3. */
    public static final String SECOND_FACTOR =
            VALUE + " error=\"insufficient_user_authentication\", acr_values=\"mfa\"";

    private Challenge() {}

    /**
     * The challenge for a user whose last sign-in is not enough: RFC 9470, section 3.
     *
     * @param otherwise the challenge that this client gets for other reasons; its scheme is used
     * @param within how long ago the sign-in may be, sent as {@code max_age} in whole seconds; empty if it was recent
     * @param methods the methods of which the sign-in needs one, sent as {@code acr_values}; empty if it had one
     */
    public static String stepUp(String otherwise, Optional<Duration> within, Set<String> methods) {
        return otherwise.split(" ", 2)[0] + " error=\"insufficient_user_authentication\","
                + " error_description=\"Sign in again\""
                + within.map(time -> ", max_age=\"" + time.toSeconds() + "\"").orElse("")
                + (methods.isEmpty() ? "" : ", acr_values=\"" + String.join(" ", new TreeSet<>(methods)) + "\"");
    }

    /**
     * The challenge for a user whose last sign-in is too long ago: RFC 9470, section 3.
     *
     * @param otherwise the challenge that this client gets for other reasons; its scheme is used
     * @param within how long ago the sign-in may be; sent as {@code max_age}, in whole seconds
     */
    public static String stepUp(String otherwise, Duration within) {
        return stepUp(otherwise, Optional.of(within), Set.of());
    }
}
