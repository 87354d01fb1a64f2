/**
 * The port to the store of sessions, and the unit of work over it.
 *
 * <p>{@link dev.postern.session.store.RowStore} is the way in for the use cases. {@link
 * dev.postern.session.store.CredentialsCache} is what an adapter implements. Only the packages below {@code session}
 * may write rows. Internal: it may change in any version.
 */
@NullMarked
package dev.postern.session.store;

import org.jspecify.annotations.NullMarked;
