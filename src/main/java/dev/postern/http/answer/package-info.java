/**
 * Answers other than success: problem details, status codes and headers.
 *
 * <p>{@link dev.postern.http.answer.ErrorAnswer} is the way in. The mechanism, the filter and the endpoints use it.
 * Internal: it may change in any version.
 */
@NullMarked
package dev.postern.http.answer;

import org.jspecify.annotations.NullMarked;
