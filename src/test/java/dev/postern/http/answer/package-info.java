@NullMarked
package dev.postern.http.answer;

import org.jspecify.annotations.NullMarked;
