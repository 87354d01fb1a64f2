package dev.postern.demo.order;

/** How far an order is. Immutable. */
public enum OrderState {
    PLACED,
    SHIPPED,
    CANCELLED
}
