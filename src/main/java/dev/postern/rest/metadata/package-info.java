/**
 * Saves or drops what a resource method changed in the metadata of its session.
 *
 * <p>{@link dev.postern.rest.metadata.MetadataResponseFilter} is the way in. {@code AccessFeature} binds it.
 * Internal: it may change in any version.
 */
@NullMarked
package dev.postern.rest.metadata;

import org.jspecify.annotations.NullMarked;
