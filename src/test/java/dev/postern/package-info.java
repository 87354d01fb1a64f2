/** What holds for the whole project. */
@NullMarked
package dev.postern;

import org.jspecify.annotations.NullMarked;
