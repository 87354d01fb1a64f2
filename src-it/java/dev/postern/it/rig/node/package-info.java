/**
 * Nodes: bare members of Hazelcast over a pipe, Payara and WildFly over HTTP, one {@link dev.postern.it.rig.node.Node} for both. For the
 * whole rig and the HTTP benchmark.
 */
@NullMarked
package dev.postern.it.rig.node;

import org.jspecify.annotations.NullMarked;
