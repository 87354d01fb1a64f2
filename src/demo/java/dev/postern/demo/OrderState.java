package dev.postern.demo;

/** How far an order is. Immutable. */
public enum OrderState {
    PLACED,
    SHIPPED,
    CANCELLED
}
