/**
 * The pure decision about a token and its row, and the policy that it follows.
 *
 * <p>{@link dev.postern.session.rotation.Rotation} is the way in. It reads no clock and writes nothing. {@link
 * dev.postern.session.rotation.SessionPolicy} holds the limits that the settings give. Only the use cases call the
 * rotation. Internal: it may change in any version.
 */
@NullMarked
package dev.postern.session.rotation;

import org.jspecify.annotations.NullMarked;
