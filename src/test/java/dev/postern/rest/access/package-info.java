@NullMarked
package dev.postern.rest.access;

import org.jspecify.annotations.NullMarked;
