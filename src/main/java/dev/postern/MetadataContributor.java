package dev.postern;

import jakarta.servlet.http.HttpServletRequest;

/**
 * Adds metadata to a session when it is created and each time it is renewed, and at no other use of it. Every CDI bean
 * of this type is called; the order is not defined. The counterpart of {@code append_to_session_metadata} in Pow
 * (Elixir).
 *
 * <p>The call comes on the request's thread, before the row is written. An exception refuses the sign-in.
 *
 * <p>Implementations are safe for concurrent use.
 */
@FunctionalInterface
public interface MetadataContributor {

    /**
     * Writes what this contributor knows about the request into the draft. {@link MetadataDraft#putIfAbsent} keeps what
     * was seen first, {@link MetadataDraft#put} follows the client.
     */
    void contribute(HttpServletRequest request, MetadataDraft draft);
}
