package dev.postern.session;

/** All sessions of the user were ended during the sign-in, so it is refused. To the client it is a wrong credential. */
public final class SignInOvertakenException extends RuntimeException {

    private static final long serialVersionUID = 1;

    SignInOvertakenException() {
        super("All sessions of the user were ended while they signed in.");
    }
}
