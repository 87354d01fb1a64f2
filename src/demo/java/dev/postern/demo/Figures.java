package dev.postern.demo;

import java.time.LocalDate;

/**
 * What the desk took in on one day, cancelled orders left out. Immutable.
 *
 * @param day the day in UTC
 */
public record Figures(LocalDate day, int orders, int articles, long cents) {}
