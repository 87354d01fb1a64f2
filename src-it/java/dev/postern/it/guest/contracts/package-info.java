/**
 * Resources whose JAX-RS annotations stand on an interface or a superclass, and whose roles stand on the class: what
 * generators of code from OpenAPI make.
 */
@NullMarked
package dev.postern.it.guest.contracts;

import org.jspecify.annotations.NullMarked;
