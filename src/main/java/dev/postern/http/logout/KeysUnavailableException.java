package dev.postern.http.logout;

/** The keys of the identity provider cannot be had now, so it is unknown whether a logout token is valid. */
public final class KeysUnavailableException extends Exception {

    KeysUnavailableException(String sentence) {
        super(sentence);
    }

    KeysUnavailableException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
