@NullMarked
package dev.postern.http.crosssite;

import org.jspecify.annotations.NullMarked;
