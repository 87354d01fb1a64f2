/** The application of the HTTP benchmark, which is the same for every way to know the caller, and those ways that are not Postern. */
@NullMarked
package dev.postern.bench.http.app;

import org.jspecify.annotations.NullMarked;
