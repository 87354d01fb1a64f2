/**
 * The secrets of one session over time: the current token, offered successors and retired tokens.
 *
 * <p>{@link dev.postern.session.generation.Generation} is the way in. The clock check is here too, because no
 * late token can be judged after the cluster's clock has jumped. Only the packages below {@code session} use it.
 * Internal: it may change in any version.
 */
@NullMarked
package dev.postern.session.generation;

import org.jspecify.annotations.NullMarked;
