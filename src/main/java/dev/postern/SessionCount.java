package dev.postern;

/**
 * How many users are signed in on all nodes, and in how many sessions.
 *
 * <p>Immutable.
 *
 * @param users how many users have a living session
 * @param sessions how many living sessions there are
 */
public record SessionCount(long users, long sessions) {}
