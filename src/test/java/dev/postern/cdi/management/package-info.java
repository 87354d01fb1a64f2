@NullMarked
package dev.postern.cdi.management;

import org.jspecify.annotations.NullMarked;
