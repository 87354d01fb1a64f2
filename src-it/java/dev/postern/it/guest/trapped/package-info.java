/** A bean that would give the user of one request to the next. */
@NullMarked
package dev.postern.it.guest.trapped;

import org.jspecify.annotations.NullMarked;
