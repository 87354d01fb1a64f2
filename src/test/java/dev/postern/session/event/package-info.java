@NullMarked
package dev.postern.session.event;

import org.jspecify.annotations.NullMarked;
