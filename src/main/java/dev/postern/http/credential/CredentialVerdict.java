package dev.postern.http.credential;

import dev.postern.PosternException;
import dev.postern.session.SignInSnapshot;
import dev.postern.session.request.UserLookup;
import dev.postern.session.user.SessionUser;
import java.security.Principal;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * The result of verifying a credential.
 *
 * <p>Immutable.
 */
public sealed interface CredentialVerdict {

    /**
     * The credential is right, and the application knows its user.
     *
     * @param proven the user as the identity store knows it
     * @param methods how the user was proven; empty if that is not known
     * @param known the user as the application knows it now
     * @param principal the store's own kind of principal, if it has one
     * @param start the user's sessions before the store was asked; empty if no store had to be asked
     */
    record Right(
            SessionUser proven,
            Set<String> methods,
            UserLookup.LoadedUser known,
            Optional<Principal> principal,
            Optional<SignInSnapshot> start)
            implements CredentialVerdict {

        public Right(
                SessionUser proven, Set<String> methods, UserLookup.LoadedUser known, Optional<Principal> principal) {
            this(proven, methods, known, principal, Optional.empty());
        }

        /** This verdict, of a store that was asked after this snapshot. */
        public Right since(SignInSnapshot asked) {
            return new Right(proven, methods, known, principal, Optional.of(asked));
        }
    }

    /** The credential is right, and the application asks for a second factor. */
    record FirstFactor(Right right) implements CredentialVerdict {}

    /**
     * The credential belongs to no user, or to one whom the application no longer knows. The client sees no difference.
     */
    record Wrong() implements CredentialVerdict {}

    /** Too many sign-ins have failed, or are being checked. Whether the credential is right stays open. */
    record TooMany(Duration pause) implements CredentialVerdict {}

    /**
     * The verdict is unknown: the grid could not read or write the failure counters, or the application could not load
     * the user.
     */
    record Unknown(PosternException cause) implements CredentialVerdict {}
}
