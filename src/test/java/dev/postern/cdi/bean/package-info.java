@NullMarked
package dev.postern.cdi.bean;

import org.jspecify.annotations.NullMarked;
