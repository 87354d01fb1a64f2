/**
 * Three nodes that are killed, frozen, cut off, given wrong clocks and restarted while clients use them: scenarios of the
 * {@linkplain dev.postern.it.rig.Trial rig}.
 *
 * <p>The nodes are bare members, which run what the wiring of an application runs, without HTTP around it. Kills, freezes and restarts are
 * done to a server instead when {@code it.server} names one.
 */
@NullMarked
package dev.postern.it.faults;

import org.jspecify.annotations.NullMarked;
