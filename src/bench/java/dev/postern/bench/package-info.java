/** Benchmarks, and what they are measured against. Nothing of the jar knows of it. */
@NullMarked
package dev.postern.bench;

import org.jspecify.annotations.NullMarked;
