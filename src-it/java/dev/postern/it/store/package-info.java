/** An application with a database that keeps its sessions, and users who come and go while its nodes stop. */
@NullMarked
package dev.postern.it.store;

import org.jspecify.annotations.NullMarked;
