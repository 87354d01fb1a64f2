/**
 * Three nodes of the server under test under load, while nodes are killed, stopped, restarted and redeployed: scenarios of the
 * {@linkplain dev.postern.it.rig.Trial rig}.
 */
@NullMarked
package dev.postern.it.cluster;

import org.jspecify.annotations.NullMarked;
