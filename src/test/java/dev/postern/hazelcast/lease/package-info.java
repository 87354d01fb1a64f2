@NullMarked
package dev.postern.hazelcast.lease;

import org.jspecify.annotations.NullMarked;
