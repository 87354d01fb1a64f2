@NullMarked
package dev.postern.http.filter;

import org.jspecify.annotations.NullMarked;
