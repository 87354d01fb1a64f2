@NullMarked
package dev.postern.session.listing;

import org.jspecify.annotations.NullMarked;
