@NullMarked
package dev.postern.http.request;

import org.jspecify.annotations.NullMarked;
