package dev.postern.session;

import dev.postern.MetadataDraft;
import dev.postern.session.token.Token;
import dev.postern.session.user.SessionUser;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A request to begin a session.
 *
 * <p>Immutable, as far as the contributors are.
 *
 * @param methods how the user was proven; empty if that is not known
 * @param isRemembered whether the session has the longer lifespan
 * @param presented the token that the client presented, if any
 * @param contributors changes the metadata of the new session
 * @param start the state before the identity store was asked; empty if none was
 */
public record SignInRequest(
        SessionUser user,
        Set<String> methods,
        boolean isRemembered,
        Optional<Token> presented,
        Consumer<MetadataDraft> contributors,
        Optional<SignInSnapshot> start) {

    /** The sign-in of a user for whom no identity store was asked, and who was proven in an unknown way. */
    public SignInRequest(
            SessionUser user, boolean isRemembered, Optional<Token> presented, Consumer<MetadataDraft> contributors) {
        this(user, Set.of(), isRemembered, presented, contributors, Optional.empty());
    }
}
