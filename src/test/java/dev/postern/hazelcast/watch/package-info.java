@NullMarked
package dev.postern.hazelcast.watch;

import org.jspecify.annotations.NullMarked;
