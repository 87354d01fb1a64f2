package dev.postern.histories;

import dev.postern.session.token.ClientHash;
import java.util.Random;

/** A kind of thief: how often it asks, what it does with what it is sent, and as what client it appears. */
record Thief(String name, RequestPace pace, Habit habit, Appearance appearance) {

    /** As what client the thief appears. */
    enum Appearance {
        /** As one of its own. */
        OWN,
        /** As the owner at home. */
        OWNERS,
        /** As one of three, by chance. */
        ONE_OF_THREE,
        /** As another one each time. */
        ANOTHER_EACH_TIME;

        ClientHash client(ClientHash own, Random random) {
            return switch (this) {
                case OWN -> own;
                case OWNERS -> Trip.HOME;
                case ONE_OF_THREE -> new ClientHash(own.bits() + random.nextInt(3));
                case ANOTHER_EACH_TIME -> new ClientHash(random.nextLong());
            };
        }
    }
}
