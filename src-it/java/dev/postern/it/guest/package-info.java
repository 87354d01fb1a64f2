/**
 * Applications of strangers, each in the shape of one, on one running server: what they do to Postern, and what it does
 * to them. A test class registers its {@link dev.postern.it.guest.Guest guests}; the
 * {@link dev.postern.it.rig.node.AppServer server} is started with the first one and stays for all classes.
 */
@NullMarked
package dev.postern.it.guest;

import org.jspecify.annotations.NullMarked;
