package dev.postern.session;

import dev.postern.session.row.SessionRow.Epoch;
import dev.postern.session.token.Handle;
import java.time.Instant;
import java.util.Optional;

/**
 * How it was just before an identity store was asked whose a credential is. The store may read a password and take its
 * time, and meanwhile the password is changed and all sessions of the user are ended. Then what it says is out of date.
 *
 * <p>Immutable.
 */
public final class SignInSnapshot {

    private final Instant at;
    private final Handle user;
    private final Epoch epoch;

    /** The cluster's time, and the epoch of the user whom the credential names. */
    SignInSnapshot(Instant at, Handle user, Epoch epoch) {
        this.at = at;
        this.user = user;
        this.epoch = epoch;
    }

    Instant at() {
        return at;
    }

    /**
     * Whether all sessions of the user were ended since. For the user whom the credential named that is certain, and
     * independent of clocks. A store may have found another one: then the times decide, and a clock that went back
     * decides against the user.
     */
    boolean isBefore(Epoch now, Handle proven) {
        return proven.equals(user)
                ? now.notBefore().isAfter(epoch.notBefore())
                : now.notBefore().isAfter(at);
    }

    /** When the user proved who they are: no later than the session that begins. */
    static Instant provenAt(Optional<SignInSnapshot> start, Instant begun) {
        return start.map(SignInSnapshot::at).filter(at -> at.isBefore(begun)).orElse(begun);
    }
}
