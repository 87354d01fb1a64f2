package dev.postern.hazelcast.setup;

/**
 * One way in which a live map differs from what Postern needs. A dangerous one can end sessions that should live, or
 * bring back sessions that were ended.
 *
 * <p>Immutable.
 */
public record MapConfigFault(String sentence, boolean isDangerous) {}
