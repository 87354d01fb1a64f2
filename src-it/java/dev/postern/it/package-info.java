/**
 * The integration tests: one set of classes, run against two nodes of Payara Micro and against two nodes of WildFly.
 *
 * <p>Black box: a test knows the two addresses and what a browser sees. The applications under test are in
 * {@code dev.postern.it.app}; the jar is dropped into each WAR as it was built.
 *
 * <p>Tests that share an application are in interfaces, such as {@code SigningIn}. The page
 * {@code src/docs/project/testing.md} lists them by theme, with the class that runs them.
 */
@NullMarked
package dev.postern.it;

import org.jspecify.annotations.NullMarked;
