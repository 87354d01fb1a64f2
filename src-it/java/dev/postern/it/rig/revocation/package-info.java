/**
 * Measures calls that end sessions, on bare members: how long a call takes, how long it takes until every node refuses, and whether a node
 * lets anybody in afterwards.
 */
@NullMarked
package dev.postern.it.rig.revocation;

import org.jspecify.annotations.NullMarked;
