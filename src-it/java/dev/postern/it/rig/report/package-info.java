/**
 * Reports and their pictures, for the rig and the benchmarks.
 */
@NullMarked
package dev.postern.it.rig.report;

import org.jspecify.annotations.NullMarked;
