/**
 * Resource classes for every way in which a role can be demanded, and {@link dev.postern.it.roles.RoleCases} with the
 * status that each call gets from each caller. Deployed in a web application of their own, since they bring a mapper that
 * turns every exception into 200, and called from outside.
 */
@NullMarked
package dev.postern.it.roles;

import org.jspecify.annotations.NullMarked;
