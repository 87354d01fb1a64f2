@NullMarked
package dev.postern.session.row;

import org.jspecify.annotations.NullMarked;
