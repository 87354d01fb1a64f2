/** An application that asks everybody who may know which roles its caller has. */
@NullMarked
package dev.postern.it.guest.duties;

import org.jspecify.annotations.NullMarked;
