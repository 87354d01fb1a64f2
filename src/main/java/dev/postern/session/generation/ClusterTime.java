package dev.postern.session.generation;

import java.time.Instant;

/**
 * The time of one piece of work, by the cluster's clock, and whether that clock has run evenly until now.
 *
 * <p>Immutable.
 */
public record ClusterTime(Instant now, boolean isSteady) {}
