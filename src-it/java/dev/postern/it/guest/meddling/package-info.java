/** An application that does to its responses whatever the Servlet API and JAX-RS allow. */
@NullMarked
package dev.postern.it.guest.meddling;

import org.jspecify.annotations.NullMarked;
