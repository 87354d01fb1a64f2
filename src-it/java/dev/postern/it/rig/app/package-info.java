/** The application of the tests on three nodes: it tells its caller, in every way that a container has, who is calling. */
@NullMarked
package dev.postern.it.rig.app;

import org.jspecify.annotations.NullMarked;
