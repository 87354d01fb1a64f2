package dev.postern;

/**
 * The cluster did not answer in time, so it is unknown whether the caller is signed in. An operation that was under way
 * may or may not have happened. The same exception says that the server refuses a user because it is not set up.
 *
 * <p>The answer to the client is 503 with {@code Retry-After}, never 401 and never that of an anonymous caller. That
 * holds also where a servlet lets this exception pass.
 */
public class PosternException extends RuntimeException {

    public PosternException(String message) {
        super(message);
    }

    public PosternException(String message, Throwable cause) {
        super(message, cause);
    }
}
