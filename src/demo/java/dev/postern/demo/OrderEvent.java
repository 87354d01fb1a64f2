package dev.postern.demo;

/**
 * Who brought an order into which state. Immutable.
 *
 * @param session the fingerprint of the login that did it
 * @param at the time in ISO-8601
 */
public record OrderEvent(OrderState state, String user, String session, String at) {}
