/**
 * An application with sign-in pages of its own, which uses the calls of the specifications. Runs in the servers; knows
 * nothing of the tests.
 */
@NullMarked
package dev.postern.it.guest.calls;

import org.jspecify.annotations.NullMarked;
