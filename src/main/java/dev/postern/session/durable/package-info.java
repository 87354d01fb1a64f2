/**
 * Sessions that survive a stop of all nodes: what is written to a database, when, and how it comes back. {@link
 * dev.postern.session.durable.DurableRows} is what an adapter to a database implements.
 */
@NullMarked
package dev.postern.session.durable;

import org.jspecify.annotations.NullMarked;
