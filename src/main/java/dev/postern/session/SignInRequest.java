package dev.postern.session;

import dev.postern.MetadataDraft;
import dev.postern.session.token.Token;
import dev.postern.session.user.SessionUser;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a session begins with: its user, whether it is to be remembered, the token that the client presented, who adds
 * metadata, and how it was before an identity store was asked, if one was.
 *
 * <p>Immutable, as far as the contributors are.
 */
public record SignInRequest(
        SessionUser user,
        boolean isRemembered,
        Optional<Token> presented,
        Consumer<MetadataDraft> contributors,
        Optional<SignInSnapshot> start) {

    /** The sign-in of a user who is known by now: no identity store has to be asked. */
    public SignInRequest(
            SessionUser user, boolean isRemembered, Optional<Token> presented, Consumer<MetadataDraft> contributors) {
        this(user, isRemembered, presented, contributors, Optional.empty());
    }
}
