@NullMarked
package dev.postern.hazelcast.setup;

import org.jspecify.annotations.NullMarked;
