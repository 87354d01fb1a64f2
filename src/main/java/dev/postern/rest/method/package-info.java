/**
 * Reads classes and methods: their declarations in supertypes, their parameter types, and the class behind a proxy.
 *
 * <p>{@link dev.postern.rest.method.MethodDeclarations} is the way in. Only packages of {@code rest} use it.
 * Internal: it may change in any version.
 */
@NullMarked
package dev.postern.rest.method;

import org.jspecify.annotations.NullMarked;
