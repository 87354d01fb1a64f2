/**
 * Answers to refused calls of JAX-RS methods.
 *
 * <p>{@link dev.postern.rest.answer.ErrorResponse} is the way in. Only packages of {@code rest} use it. Internal: it
 * may change in any version.
 */
@NullMarked
package dev.postern.rest.answer;

import org.jspecify.annotations.NullMarked;
