package dev.postern;

import jakarta.servlet.http.HttpServletRequest;

/**
 * Adds metadata to a session when it is created and each time it is renewed, and at no other use of it. Every CDI bean
 * of this type is asked; the order is not defined. The counterpart of Pow's {@code append_to_session_metadata}.
 *
 * <p>Called before the row is written, on the request's thread. An exception refuses the sign-in.
 *
 * <p>Implementations are safe for concurrent use.
 */
@FunctionalInterface
public interface MetadataContributor {

    /**
     * Writes what this contributor knows about the request into the draft: {@link MetadataDraft#putIfAbsent} for what
     * is first seen, {@link MetadataDraft#put} for what follows the client.
     */
    void contribute(HttpServletRequest request, MetadataDraft draft);
}
