package dev.postern.session;

/** All sessions of the user were ended during the sign-in. The client gets the answer to a wrong credential. */
public final class SignInOvertakenException extends RuntimeException {

    private static final long serialVersionUID = 1;

    SignInOvertakenException() {
        super("All sessions of the user were ended while they signed in.");
    }
}
