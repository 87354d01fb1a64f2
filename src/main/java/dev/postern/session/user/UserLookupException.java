package dev.postern.session.user;

import dev.postern.PosternException;

/** The application's own source of users failed, so it is unknown which users may still be accepted. */
public final class UserLookupException extends PosternException {

    private static final long serialVersionUID = 1;

    public UserLookupException(Throwable cause) {
        super("The application's CurrentUserLoader failed.", cause);
    }
}
