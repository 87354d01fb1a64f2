/** What is deployed in the integration tests: small applications that use nothing but Postern's public types. */
@NullMarked
package dev.postern.it.app;

import org.jspecify.annotations.NullMarked;
