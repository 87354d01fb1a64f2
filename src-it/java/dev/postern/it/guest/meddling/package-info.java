/** An application that changes its responses in every way that the Servlet API and JAX-RS allow. */
@NullMarked
package dev.postern.it.guest.meddling;

import org.jspecify.annotations.NullMarked;
