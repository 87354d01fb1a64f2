@NullMarked
package dev.postern.session.request;

import org.jspecify.annotations.NullMarked;
