@NullMarked
package dev.postern.cdi.settings;

import org.jspecify.annotations.NullMarked;
