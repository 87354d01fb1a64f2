package dev.postern.it.rig.revocation;

import dev.postern.it.rig.client.Held;
import dev.postern.it.rig.client.Request;
import dev.postern.it.rig.client.Request.Kind;
import java.util.List;

/** A call that ends sessions of one user. It names the first session of the user, or the user alone. */
public enum RevokingCall {
    SIGN_OUT("sign-out", Kind.END, 1),
    REVOKE_ONE("revoke one", Kind.END_ONE, 2),
    REVOKE_OTHERS("revoke others", Kind.END_OTHERS, 4),
    SIGN_OUT_EVERYWHERE("sign-out everywhere", Kind.END_ALL, 3),
    REVOKE_ALL("revoke all of 1 000", Kind.END_ALL, 1000);

    private final String title;
    private final Kind kind;
    private final int sessions;

    RevokingCall(String title, Kind kind, int sessions) {
        this.title = title;
        this.kind = kind;
        this.sessions = sessions;
    }

    String title() {
        return title;
    }

    /** How many sessions the user has before the call. */
    int sessions() {
        return sessions;
    }

    /** How many times it is called where others are called a hundred times: to begin a thousand sessions takes seconds. */
    int ofHundred() {
        return this == REVOKE_ALL ? 5 : 100;
    }

    Request request(String node, Held first) {
        return Request.of(kind, node, first);
    }

    /** Those of the user's sessions that it ends. At least one. */
    List<Held> ended(List<Held> sessions) {
        return switch (this) {
            case SIGN_OUT, REVOKE_ONE -> sessions.subList(0, 1);
            case REVOKE_OTHERS -> sessions.subList(1, sessions.size());
            case SIGN_OUT_EVERYWHERE, REVOKE_ALL -> sessions;
        };
    }
}
