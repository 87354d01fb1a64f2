/**
 * Judges what clients saw. Knows nothing of Postern's insides, nor of how the nodes are reached; begin with
 * {@link dev.postern.it.rig.judge.Checker}.
 */
@NullMarked
package dev.postern.it.rig.judge;

import org.jspecify.annotations.NullMarked;
