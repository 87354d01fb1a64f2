/**
 * Whether a request of another site may act in a user's name: Fetch Metadata, Origin, CSRF token and CORS.
 *
 * <p>{@link dev.postern.http.crosssite.CrossSiteGuard} is the way in. The mechanism, the endpoints and the filter
 * use it. Internal: it may change in any version.
 */
@NullMarked
package dev.postern.http.crosssite;

import org.jspecify.annotations.NullMarked;
