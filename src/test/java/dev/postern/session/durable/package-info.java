/** Tests of sessions that survive a stop of all nodes, and the contract of every store of their rows. */
@NullMarked
package dev.postern.session.durable;

import org.jspecify.annotations.NullMarked;
