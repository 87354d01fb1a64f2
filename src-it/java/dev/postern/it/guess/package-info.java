/** What the application has beside the usual users, for those who guess passwords. */
@NullMarked
package dev.postern.it.guess;

import org.jspecify.annotations.NullMarked;
