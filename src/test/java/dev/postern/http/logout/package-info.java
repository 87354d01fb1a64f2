@NullMarked
package dev.postern.http.logout;

import org.jspecify.annotations.NullMarked;
