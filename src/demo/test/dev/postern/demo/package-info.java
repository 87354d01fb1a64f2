/** Tests of what the parts of the demo have in common. */
@NullMarked
package dev.postern.demo;

import org.jspecify.annotations.NullMarked;
