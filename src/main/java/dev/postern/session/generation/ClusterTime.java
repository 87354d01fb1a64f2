package dev.postern.session.generation;

import java.time.Instant;

/**
 * A time by the cluster's clock, and whether that clock has run evenly for a while.
 *
 * <p>Immutable.
 */
public record ClusterTime(Instant now, boolean isSteady) {}
