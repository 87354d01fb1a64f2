package dev.postern.it.cluster;

import java.util.List;
import java.util.Random;

/**
 * What a browser does next.
 *
 * <p>Immutable.
 *
 * @param signOuts of a thousand steps with a session
 * @param changes how many of a thousand are a sign-in as somebody else over it
 * @param copies how many of a thousand are done with the token of a session that was signed out
 */
record Habits(int signOuts, int changes, int copies) {

    /** For nodes that stay up. */
    static final Habits RESTLESS = new Habits(8, 4, 20);
    /** For nodes that go: whoever changes users and gets no answer would not know who he is. */
    static final Habits STEADY = new Habits(5, 0, 20);

    private static final int MILLE = 1000;
    private static final List<Action> PAGES = List.of(
            Action.RESOURCE,
            Action.RESOURCE,
            Action.RESOURCE,
            Action.CONSTRAINT,
            Action.CONSTRAINT,
            Action.OPEN_RESOURCE,
            Action.OPEN,
            Action.LATE,
            Action.DISPATCHED,
            Action.FORWARDED,
            Action.FAILING);

    /** The steps that a browser can take. */
    enum Step {
        READ,
        READ_WITH_COPY,
        SIGN_IN,
        SIGN_OUT
    }

    Step next(Random random, boolean isSignedIn) {
        int die = random.nextInt(MILLE);
        if (!isSignedIn) {
            return die < MILLE / 4 ? Step.SIGN_IN : die < MILLE / 2 ? Step.READ_WITH_COPY : Step.READ;
        }
        if (die < signOuts) {
            return Step.SIGN_OUT;
        }
        if (die < signOuts + changes) {
            return Step.SIGN_IN;
        }
        return die < signOuts + changes + copies ? Step.READ_WITH_COPY : Step.READ;
    }

    static Action page(Random random) {
        return PAGES.get(random.nextInt(PAGES.size()));
    }
}
