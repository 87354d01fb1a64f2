@NullMarked
package dev.postern.http.websocket;

import org.jspecify.annotations.NullMarked;
