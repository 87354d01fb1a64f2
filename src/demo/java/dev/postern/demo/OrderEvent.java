package dev.postern.demo;

import java.time.Instant;

/**
 * Who brought an order into which state. Immutable.
 *
 * @param session the fingerprint of the login that did it
 */
public record OrderEvent(OrderState state, String user, String session, Instant at) {}
