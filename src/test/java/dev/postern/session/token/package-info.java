@NullMarked
package dev.postern.session.token;

import org.jspecify.annotations.NullMarked;
