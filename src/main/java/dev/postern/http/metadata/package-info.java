/**
 * Metadata that the library itself adds to a session.
 *
 * <p>Each class is a CDI bean, found by {@link dev.postern.MetadataContributor}. {@code RequestAuthenticator} calls
 * them. Internal: it may change in any version.
 */
@NullMarked
package dev.postern.http.metadata;

import org.jspecify.annotations.NullMarked;
