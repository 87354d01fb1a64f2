@NullMarked
package dev.postern.http.transport;

import org.jspecify.annotations.NullMarked;
