@NullMarked
package dev.postern.rest.answer;

import org.jspecify.annotations.NullMarked;
