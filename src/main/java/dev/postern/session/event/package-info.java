/**
 * What is reported of sessions: events, security log lines and counters.
 *
 * <p>{@link dev.postern.session.event.EventPublisher} is the way in for the core, {@link
 * dev.postern.session.event.LogEvent} for log lines of other packages. Every package may use it. Internal: it may
 * change in any version.
 */
@NullMarked
package dev.postern.session.event;

import org.jspecify.annotations.NullMarked;
