/** What the parts of an EAR consist of: an enterprise bean in a module of its own, and a web module that calls it. */
@NullMarked
package dev.postern.it.guest.ear;

import org.jspecify.annotations.NullMarked;
