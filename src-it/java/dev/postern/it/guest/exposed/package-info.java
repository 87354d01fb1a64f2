/**
 * An application whose interceptors read who is calling, and the metadata of the session, from the context data of
 * calls.
 */
@NullMarked
package dev.postern.it.guest.exposed;

import org.jspecify.annotations.NullMarked;
