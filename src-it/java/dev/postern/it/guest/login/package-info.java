/** Applications that ask their server for another way of signing in. */
@NullMarked
package dev.postern.it.guest.login;

import org.jspecify.annotations.NullMarked;
