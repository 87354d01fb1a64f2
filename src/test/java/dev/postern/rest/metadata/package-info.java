@NullMarked
package dev.postern.rest.metadata;

import org.jspecify.annotations.NullMarked;
