package dev.postern;

/**
 * How many users have living sessions, and how many sessions they have.
 *
 * <p>Immutable.
 */
public record SessionCount(long users, long sessions) {}
