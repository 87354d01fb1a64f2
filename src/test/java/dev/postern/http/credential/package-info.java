@NullMarked
package dev.postern.http.credential;

import org.jspecify.annotations.NullMarked;
