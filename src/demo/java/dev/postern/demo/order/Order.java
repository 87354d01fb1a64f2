package dev.postern.demo.order;

/**
 * An order as the book has it. Immutable.
 *
 * @param placedAt the time in ISO-8601. It is text because WildFly writes JSON with the Jackson that Hazelcast brings,
 *     which would make a number of an instant
 */
public record Order(long id, String customer, OrderLine line, OrderState state, String placedAt) {}
