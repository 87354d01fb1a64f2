@NullMarked
package dev.postern.cdi.start;

import org.jspecify.annotations.NullMarked;
