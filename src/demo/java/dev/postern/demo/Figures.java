package dev.postern.demo;

/**
 * What the desk took in on one day, cancelled orders left out. Immutable.
 *
 * @param day the day in UTC, in ISO-8601
 */
public record Figures(String day, int orders, int articles, long cents) {}
