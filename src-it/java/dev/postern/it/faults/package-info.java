/**
 * The fault rig: sessions on three members in JVMs of their own, which are killed, frozen, cut off, given wrong clocks and restarted
 * while clients use them. A checker reads the history of what the clients saw, and knows nothing else.
 *
 * <p>Needs no application server. The nodes run what the wiring of an application runs, without HTTP around it.
 */
@NullMarked
package dev.postern.it.faults;

import org.jspecify.annotations.NullMarked;
