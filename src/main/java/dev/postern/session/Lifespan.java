package dev.postern.session;

import java.time.Duration;

/**
 * How long a session lives: at most {@code idle} without use, and at most {@code absolute} in any case.
 *
 * <p>Immutable.
 */
public record Lifespan(Duration idle, Duration absolute) {}
