/** Resources that no book recommends, and that servers call nevertheless. */
@NullMarked
package dev.postern.it.guest.unusual;

import org.jspecify.annotations.NullMarked;
