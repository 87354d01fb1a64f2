/**
 * Clients that use their sessions on all nodes of a cluster; begin with {@link dev.postern.it.rig.load.Load}.
 */
@NullMarked
package dev.postern.it.rig.load;

import org.jspecify.annotations.NullMarked;
