@NullMarked
package dev.postern.session.ending;

import org.jspecify.annotations.NullMarked;
