/** Tests of the login page. */
@NullMarked
package dev.postern.http.page;

import org.jspecify.annotations.NullMarked;
