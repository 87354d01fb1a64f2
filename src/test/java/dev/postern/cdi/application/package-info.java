@NullMarked
package dev.postern.cdi.application;

import org.jspecify.annotations.NullMarked;
