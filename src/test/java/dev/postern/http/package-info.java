/** Tests of the cookie, the mechanism's parts and the sign-in body, without a container. */
@NullMarked
package dev.postern.http;

import org.jspecify.annotations.NullMarked;
