@NullMarked
package dev.postern.rest.check;

import org.jspecify.annotations.NullMarked;
