package dev.postern.demo;

/**
 * Who acts on an order: the user, and the fingerprint of the login. Immutable.
 */
record Actor(String user, String session) {}
