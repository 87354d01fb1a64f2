package dev.postern.histories;

import dev.postern.session.generation.RequestSource;
import dev.postern.session.token.ClientHash;
import java.time.Duration;

/** The way of a request: how long it takes there and back, whether its answer gets lost, and where it comes from. */
record Trip(Duration out, Duration back, boolean isLost, RequestSource origin) {

    /** Where the owner is mostly. */
    static final ClientHash HOME = new ClientHash(1);

    /** Where a thief is who does not look like the owner. */
    static final ClientHash ELSEWHERE = new ClientHash(100);

    static final Trip INSTANT = millis(0, 0, false);

    static Trip millis(long out, long back, boolean isLost) {
        return new Trip(Duration.ofMillis(out), Duration.ofMillis(back), isLost, new RequestSource(HOME, false));
    }

    Trip from(ClientHash client, boolean isDrawn) {
        return new Trip(out, back, isLost, new RequestSource(client, isDrawn));
    }
}
