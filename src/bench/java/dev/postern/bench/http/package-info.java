/**
 * What a request costs whose caller is known, on real servers: one application, deployed once for each way to know the caller, and one
 * generator of load for all of them. It knows nothing of Postern's insides.
 */
@NullMarked
package dev.postern.bench.http;

import org.jspecify.annotations.NullMarked;
