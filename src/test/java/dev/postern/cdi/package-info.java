/** Tests of the settings and of the wiring's plain parts. */
@NullMarked
package dev.postern.cdi;

import org.jspecify.annotations.NullMarked;
