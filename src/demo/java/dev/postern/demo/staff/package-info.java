/** The users of the desk: who they are now, and the manager's page that ends their sessions and changes their roles. */
@NullMarked
package dev.postern.demo.staff;

import org.jspecify.annotations.NullMarked;
