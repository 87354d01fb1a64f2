package dev.postern.session;

import dev.postern.MetadataDraft;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a session begins with: its user, whether it is to be remembered, the token that the client presented, and who adds
 * metadata.
 *
 * <p>Immutable, as far as the contributors are.
 */
public record SignIn(
        User user, boolean isRemembered, Optional<Token> presented, Consumer<MetadataDraft> contributors) {}
