@NullMarked
package dev.postern.rest.method;

import org.jspecify.annotations.NullMarked;
