@NullMarked
package dev.postern.session.store;

import org.jspecify.annotations.NullMarked;
