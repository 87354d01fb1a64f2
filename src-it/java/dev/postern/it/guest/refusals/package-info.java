/**
 * An application whose open resources and servlets call enterprise beans that demand a role, and whose clients speak
 * JSON.
 */
@NullMarked
package dev.postern.it.guest.refusals;

import org.jspecify.annotations.NullMarked;
