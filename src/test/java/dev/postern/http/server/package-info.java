@NullMarked
package dev.postern.http.server;

import org.jspecify.annotations.NullMarked;
