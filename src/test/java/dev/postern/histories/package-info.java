/**
 * Histories of sessions: clients with their cookie jars, a network that delays and loses, and a credentials cache that fails as
 * a grid does, in virtual time. They drive the real keeper and check what must hold in any history.
 */
@NullMarked
package dev.postern.histories;

import org.jspecify.annotations.NullMarked;
