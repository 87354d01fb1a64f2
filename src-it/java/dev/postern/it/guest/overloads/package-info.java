/** Resources that inherit methods with type variables and add overloads of them, and sub-resources behind proxies. */
@NullMarked
package dev.postern.it.guest.overloads;

import org.jspecify.annotations.NullMarked;
