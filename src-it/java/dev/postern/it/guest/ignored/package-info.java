/** An application that annotates classes on which nothing looks at roles, and others on which something does. */
@NullMarked
package dev.postern.it.guest.ignored;

import org.jspecify.annotations.NullMarked;
