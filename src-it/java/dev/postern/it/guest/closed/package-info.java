/** An application that is closed as a whole by constraints of the Servlet container. */
@NullMarked
package dev.postern.it.guest.closed;

import org.jspecify.annotations.NullMarked;
