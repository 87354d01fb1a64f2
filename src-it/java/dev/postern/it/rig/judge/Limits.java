package dev.postern.it.rig.judge;

import java.time.Duration;

/**
 * How long a session lives without use and at all, and how far deadlines may be missed, because uses are written down by and by and clocks
 * differ.
 *
 * <p>Immutable.
 */
public record Limits(Duration idle, Duration absolute, Duration slack) {}
