/**
 * Starts the demonstration as a cluster of two nodes, and lets its page kill, freeze, thaw and start them. It knows the
 * application as a file only, and is no part of it. The way in is {@link dev.postern.demo.cluster.DemoCluster}.
 */
@NullMarked
package dev.postern.demo.cluster;

import org.jspecify.annotations.NullMarked;
