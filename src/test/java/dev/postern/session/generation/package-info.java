@NullMarked
package dev.postern.session.generation;

import org.jspecify.annotations.NullMarked;
