/**
 * The servlet filter around the application: token headers, failures, and metadata to save.
 *
 * <p>{@link dev.postern.http.filter.PosternFilter} is the way in. The initializer in {@code cdi.start} registers it.
 * Internal: it may change in any version.
 */
@NullMarked
package dev.postern.http.filter;

import org.jspecify.annotations.NullMarked;
