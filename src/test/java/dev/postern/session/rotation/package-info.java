@NullMarked
package dev.postern.session.rotation;

import org.jspecify.annotations.NullMarked;
