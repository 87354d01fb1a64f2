/**
 * The sessions of one user, and the users who have sessions.
 *
 * <p>{@link dev.postern.session.listing.UserSessions} and {@link dev.postern.session.listing.SignedInUsers} are the
 * ways in. {@code SessionKeeper} makes both. The endpoints and the beans of the application use them. Internal: it
 * may change in any version.
 */
@NullMarked
package dev.postern.session.listing;

import org.jspecify.annotations.NullMarked;
