package dev.postern.session;

import java.time.Duration;

/**
 * One swap of a tally for the next one, which then stays for its life at least.
 *
 * <p>Immutable.
 */
public record TallySwap(Handle key, FailureCount seen, FailureCount next, Duration life) {}
