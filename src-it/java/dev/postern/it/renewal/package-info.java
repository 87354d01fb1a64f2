/** What an application adds to Postern's sessions, and what it does to the answers that renew them. */
@NullMarked
package dev.postern.it.renewal;

import org.jspecify.annotations.NullMarked;
