package dev.postern.session.request;

import org.jspecify.annotations.Nullable;

/**
 * Whether the client of a request has proven a first factor and lacks the second. The authentication mechanism sets it
 * as a request attribute, for clients that bring the cookie of such a sign-in. Only {@link #isHalfWay()} asks the grid.
 *
 * <p>For one request thread.
 */
@FunctionalInterface
public interface HalfWayLookup {

    /** The request attribute that holds it; absent from requests of other clients. */
    String ATTRIBUTE = "dev.postern.half-way";

    /**
     * Whether it has.
     *
     * @throws dev.postern.PosternException when the grid does not answer
     */
    boolean isHalfWay();

    /** The answer of the value of the attribute; false if it holds none. */
    static boolean isHalfWay(@Nullable Object attribute) {
        return attribute instanceof HalfWayLookup lookup && lookup.isHalfWay();
    }
}
