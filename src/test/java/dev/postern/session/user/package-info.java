@NullMarked
package dev.postern.session.user;

import org.jspecify.annotations.NullMarked;
