/** Resources that a program makes, with Jersey's builder. WildFly has no Jersey. */
@NullMarked
package dev.postern.it.guest.programmatic;

import org.jspecify.annotations.NullMarked;
