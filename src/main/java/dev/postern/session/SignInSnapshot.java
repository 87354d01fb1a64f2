package dev.postern.session;

import dev.postern.session.row.SessionRow.Epoch;
import dev.postern.session.token.Handle;
import java.time.Instant;
import java.util.Optional;

/**
 * The time and the user's epoch before an identity store was asked. While the store checks the old password, the
 * password may be changed and all sessions of the user ended. Then the store's answer is out of date.
 *
 * <p>Immutable.
 */
public final class SignInSnapshot {

    private final Instant at;
    private final Handle user;
    private final Epoch epoch;

    /** A snapshot of the cluster's time, and of the epoch of the user whom the credential names. */
    SignInSnapshot(Instant at, Handle user, Epoch epoch) {
        this.at = at;
        this.user = user;
        this.epoch = epoch;
    }

    Instant at() {
        return at;
    }

    /**
     * Whether all sessions of the user were ended since this snapshot.
     *
     * <p>For the user whom the credential names, the epochs decide. The identity store may have found another user.
     * Then the times decide, and a clock that went back decides against that user.
     */
    boolean isBefore(Epoch now, Handle proven) {
        return proven.equals(user)
                ? now.notBefore().isAfter(epoch.notBefore())
                : now.notBefore().isAfter(at);
    }

    /** When the user authenticated: no later than the session began. */
    static Instant authenticatedAt(Optional<SignInSnapshot> start, Instant begun) {
        return start.map(SignInSnapshot::at).filter(at -> at.isBefore(begun)).orElse(begun);
    }
}
