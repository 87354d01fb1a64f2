/**
 * The token that a client holds, the keys that sign it, and the handles of users and sessions.
 *
 * <p>{@link dev.postern.session.token.TokenMint} is the way in: it issues and parses tokens. Only {@code session}
 * and this package may make a token or read its secret. All other packages may read handles and parse tokens. This
 * package knows no row and no store. Internal: it may change in any version.
 */
@NullMarked
package dev.postern.session.token;

import org.jspecify.annotations.NullMarked;
