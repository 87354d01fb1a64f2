/**
 * The demonstration: a small order desk that shows what Postern does with logins. This package has what all its parts
 * use: the nodes, the database, the accounts.
 *
 * <p>The demo knows Postern only through what applications import, the package {@code dev.postern}.
 */
@NullMarked
package dev.postern.demo;

import org.jspecify.annotations.NullMarked;
