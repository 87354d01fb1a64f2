/** What the page shows as it happens: events of sessions, the end of its own session, and a stolen token in use. */
@NullMarked
package dev.postern.demo.live;

import org.jspecify.annotations.NullMarked;
