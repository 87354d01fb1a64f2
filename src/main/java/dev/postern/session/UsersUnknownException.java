package dev.postern.session;

import dev.postern.PosternException;

/** The application's own source of users failed, so that nobody knows who may still be let in. */
public final class UsersUnknownException extends PosternException {

    private static final long serialVersionUID = 1;

    UsersUnknownException(Throwable cause) {
        super("The application could not say who the user is now.", cause);
    }
}
