package dev.postern.demo;

import java.time.Instant;

/** An order as it stands in the book. Immutable. */
public record Order(long id, String customer, OrderLine line, OrderState state, Instant placedAt) {}
