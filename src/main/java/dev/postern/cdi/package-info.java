/**
 * The wiring: settings, the portable extension, producers and the start-up check. The only place that reads
 * configuration.
 */
@NullMarked
package dev.postern.cdi;

import org.jspecify.annotations.NullMarked;
