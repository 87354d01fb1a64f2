package dev.postern.session.user;

import dev.postern.PosternException;

/** The application's {@code CurrentUserLoader} failed, so it is unknown what the user may do now. */
public final class UserLookupException extends PosternException {

    private static final long serialVersionUID = 1;

    public UserLookupException(Throwable cause) {
        super("The application's CurrentUserLoader failed.", cause);
    }
}
