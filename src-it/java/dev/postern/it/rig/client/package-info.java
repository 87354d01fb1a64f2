/**
 * What clients ask nodes and what they are answered, and the one HTTP client that is cheap enough for a load. For the whole rig and the
 * HTTP benchmark; begin with {@link dev.postern.it.rig.client.Request}.
 */
@NullMarked
package dev.postern.it.rig.client;

import org.jspecify.annotations.NullMarked;
