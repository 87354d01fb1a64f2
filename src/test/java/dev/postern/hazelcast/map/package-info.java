@NullMarked
package dev.postern.hazelcast.map;

import org.jspecify.annotations.NullMarked;
