/**
 * The user of a session, and the rule by which two user names are the same.
 *
 * <p>{@link dev.postern.session.user.SessionUser} is the way in. Every package may use it. Internal: it may change
 * in any version.
 */
@NullMarked
package dev.postern.session.user;

import org.jspecify.annotations.NullMarked;
