/**
 * Three nodes of the server under test, as processes of their own, under load while nodes are killed, stopped, restarted and
 * redeployed.
 *
 * <p>The load is browsers that record what they asked and what they were told ({@link dev.postern.it.cluster.History}); one
 * {@link dev.postern.it.cluster.Checker} reads the record afterwards. It knows nothing of Postern's insides.
 */
@NullMarked
package dev.postern.it.cluster;

import org.jspecify.annotations.NullMarked;
