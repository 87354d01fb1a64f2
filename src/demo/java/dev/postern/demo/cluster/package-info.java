/** Starts the demonstration as a cluster of two Payara Micro nodes; it knows the application as a file only. */
@NullMarked
package dev.postern.demo.cluster;

import org.jspecify.annotations.NullMarked;
