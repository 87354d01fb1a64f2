/** An application that changes the metadata of sessions in every way there is. */
@NullMarked
package dev.postern.it.edits;

import org.jspecify.annotations.NullMarked;
