package dev.postern.http.credential;

import dev.postern.PosternException;
import dev.postern.session.SignInSnapshot;
import dev.postern.session.request.UserLookup;
import dev.postern.session.user.SessionUser;
import java.security.Principal;
import java.time.Duration;
import java.util.Optional;

/**
 * What has come of a credential.
 *
 * <p>Immutable.
 */
public sealed interface CredentialVerdict {

    /**
     * The identity store knows whose it is, with a principal of its own kind or without, and the application knows who
     * that is now. The start says how it was before the store was asked; empty where none had to be.
     */
    record Right(
            SessionUser proven,
            UserLookup.LoadedUser known,
            Optional<Principal> principal,
            Optional<SignInSnapshot> start)
            implements CredentialVerdict {

        public Right(SessionUser proven, UserLookup.LoadedUser known, Optional<Principal> principal) {
            this(proven, known, principal, Optional.empty());
        }

        /** The same, of a store that was asked after this. */
        Right since(SignInSnapshot asked) {
            return new Right(proven, known, principal, Optional.of(asked));
        }
    }

    /** It belongs to no user, or to one whom the application no longer knows; both look alike to the client. */
    record Wrong() implements CredentialVerdict {}

    /** Too many have failed, or are being checked. The answer does not say whether the credential is right. */
    record TooMany(Duration pause) implements CredentialVerdict {}

    /**
     * The grid did not say whether it may be tried or could not write down that it failed, or the application cannot
     * say who it is.
     */
    record Unknown(PosternException cause) implements CredentialVerdict {}
}
