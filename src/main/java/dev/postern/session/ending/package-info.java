/**
 * The end of sessions: tombstones, and endings that are pending until the store answers again.
 *
 * <p>{@link dev.postern.session.ending.SessionTerminator} is the way in. The use cases call it. {@link
 * dev.postern.session.ending.EndingRetrier} runs in the background and is started with the application. Internal: it
 * may change in any version.
 */
@NullMarked
package dev.postern.session.ending;

import org.jspecify.annotations.NullMarked;
