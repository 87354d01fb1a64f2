package dev.postern.it;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Looks again and again, in the thread of the caller, until something has happened or the time is up. The first look is at once,
 * and the last one comes after that time: a machine that is busy does not make a late success a failure.
 *
 * <p>Safe for concurrent use.
 */
public final class Poll {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(10);

    /** Leaves the processors to the nodes. */
    private static final Duration BETWEEN_REQUESTS = Duration.ofMillis(50);

    private Poll() {}

    /** Whether the condition came true within that time, which is more than zero. */
    public static boolean untilTrue(Duration patience, BooleanSupplier condition) {
        return isTrueWithin(patience, BETWEEN_LOOKS, condition);
    }

    /** The first answer that is enough, or the last one if none was within that time, which is more than zero. */
    public static <T> T untilEnough(Duration patience, Supplier<T> request, Predicate<T> isEnough) {
        Queue<T> last = new ArrayDeque<>();
        boolean unused = isTrueWithin(patience, BETWEEN_REQUESTS, () -> {
            last.clear();
            last.add(request.get());
            return isEnough.test(last.element());
        });
        return last.element();
    }

    private static boolean isTrueWithin(Duration patience, Duration pause, BooleanSupplier condition) {
        try {
            await().pollInSameThread()
                    .dontCatchUncaughtExceptions()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(pause)
                    .atMost(patience)
                    .until(condition::getAsBoolean);
            return true;
        } catch (ConditionTimeoutException e) {
            return condition.getAsBoolean();
        }
    }
}
