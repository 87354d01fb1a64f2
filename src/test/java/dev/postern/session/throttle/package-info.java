@NullMarked
package dev.postern.session.throttle;

import org.jspecify.annotations.NullMarked;
