/** As Jersey's examples call their packages. */
@NullMarked
package org.glassfish.jersey.examples.shop;

import org.jspecify.annotations.NullMarked;
