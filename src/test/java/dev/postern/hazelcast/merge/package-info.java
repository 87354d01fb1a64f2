@NullMarked
package dev.postern.hazelcast.merge;

import org.jspecify.annotations.NullMarked;
