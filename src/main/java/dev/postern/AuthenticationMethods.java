package dev.postern;

import java.util.Arrays;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How a user was proven: the values of RFC 8176 ({@code amr}), such as {@code pwd}, {@code otp}, {@code hwk} and
 * {@code mfa}, and values of the application's own.
 *
 * <p>Stateless.
 */
public final class AuthenticationMethods {

    /** A password. Postern records it when an identity store has accepted one. */
    public static final String PASSWORD = "pwd";

    /** A one-time password, from an app or a mail. */
    public static final String ONE_TIME_PASSWORD = "otp";

    /** A key that the user's device keeps in hardware: a passkey, for instance. */
    public static final String HARDWARE_KEY = "hwk";

    /** Several factors. */
    public static final String SEVERAL_FACTORS = "mfa";

    /** The most methods of one sign-in. */
    public static final int MOST = 8;

    /** The longest name of a method, in characters. */
    public static final int MOST_CHARACTERS = 32;

    private AuthenticationMethods() {}

    /** The names as a set, see {@link #of(Collection)}. */
    public static Set<String> of(String... names) {
        return of(Arrays.asList(names));
    }

    /**
     * The names as an unmodifiable set.
     *
     * @throws IllegalArgumentException if there are more than {@link #MOST}, or if a name is empty, has more than
     *     {@link #MOST_CHARACTERS} characters, or has one that is no visible ASCII character, a quotation mark or a
     *     backslash. They could not stand in {@code acr_values} (RFC 9470)
     */
    public static Set<String> of(Collection<String> names) {
        Set<String> methods = names.stream().collect(Collectors.toUnmodifiableSet());
        if (methods.size() > MOST) {
            throw new IllegalArgumentException(
                    "A sign-in has at most " + MOST + " methods of authentication, not " + methods.size() + ".");
        }
        if (!methods.stream().allMatch(AuthenticationMethods::isName)) {
            throw new IllegalArgumentException("The name of a method of authentication has 1 to " + MOST_CHARACTERS
                    + " visible ASCII characters, and neither quotation marks nor backslashes.");
        }
        return methods;
    }

    private static boolean isName(String name) {
        return !name.isEmpty()
                && name.length() <= MOST_CHARACTERS
                && name.chars().allMatch(c -> c > ' ' && c < 0x7F && c != '"' && c != '\\');
    }
}
