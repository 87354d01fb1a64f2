@NullMarked
package dev.postern.session.lease;

import org.jspecify.annotations.NullMarked;
