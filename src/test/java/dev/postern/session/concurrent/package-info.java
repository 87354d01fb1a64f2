@NullMarked
package dev.postern.session.concurrent;

import org.jspecify.annotations.NullMarked;
