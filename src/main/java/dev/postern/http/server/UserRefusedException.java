package dev.postern.http.server;

import dev.postern.PosternException;

/**
 * The server refuses a user whom Postern has proven, because it is not set up for such users. The message says what the
 * operator has to do.
 */
public final class UserRefusedException extends PosternException {

    UserRefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
