package dev.postern.demo;

/**
 * An order as it stands in the book. Immutable.
 *
 * @param placedAt the time in ISO-8601: text, because on WildFly Hazelcast in the WAR makes Jackson write the JSON, which
 *     would make a number of an instant
 */
public record Order(long id, String customer, OrderLine line, OrderState state, String placedAt) {}
