@NullMarked
package dev.postern.hazelcast.quorum;

import org.jspecify.annotations.NullMarked;
