/**
 * The rules of a session as plain values and functions: the token, the row, who may go on and until when.
 *
 * <p>Knows no container, no CDI, no Servlet and no Hazelcast; time, randomness and the place where rows live are handed
 * in.
 */
@NullMarked
package dev.postern.session;

import org.jspecify.annotations.NullMarked;
