/**
 * What bare members are connected by: the loopback interface, or namespaces of the kernel that can be cut.
 */
@NullMarked
package dev.postern.it.rig.net;

import org.jspecify.annotations.NullMarked;
