@NullMarked
package dev.postern.hazelcast.call;

import org.jspecify.annotations.NullMarked;
