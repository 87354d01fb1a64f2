@NullMarked
package dev.postern.http.endpoint;

import org.jspecify.annotations.NullMarked;
