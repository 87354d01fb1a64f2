/**
 * The use cases of a session: begin, resume, change and end it.
 *
 * <p>{@link dev.postern.session.SessionKeeper} is the way in. It hands the work to one class for each use case. The
 * packages below hold the parts: the token, the row, the decision and the store. Neither this package nor those
 * below know a container, CDI, Servlet or Hazelcast. Time, randomness and the store are passed in. The adapters in
 * {@code hazelcast}, {@code http}, {@code rest} and {@code cdi} use it. Internal: it may change in any version.
 *
 * <p>Comments cite ids such as D5 or PY-09. {@code src/docs/platform-facts.md} defines them, and says where ids that
 * begin with P-, S-, T or X- are defined.
 */
@NullMarked
package dev.postern.session;

import org.jspecify.annotations.NullMarked;
