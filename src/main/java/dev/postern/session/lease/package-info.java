/**
 * Copies of sessions on this node, and the leases that let it decide by them: a check without a read of the grid, and
 * an end that every node knows when the call returns.
 *
 * <p>{@link dev.postern.session.lease.SessionCopies} is the way in, for {@code session} alone. {@code hazelcast} adapts
 * {@link dev.postern.session.lease.LeaseGrid}. Internal: it may change in any version.
 */
@NullMarked
package dev.postern.session.lease;

import org.jspecify.annotations.NullMarked;
