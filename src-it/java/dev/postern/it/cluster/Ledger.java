package dev.postern.it.cluster;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of a history: whose each is, when somebody first asked for its end, and when that was first acknowledged.
 *
 * <p>Immutable.
 */
final class Ledger {

    private final Map<String, String> users = new HashMap<>();
    private final Map<String, Long> endAsked = new HashMap<>();
    private final Map<String, Long> endAcknowledged = new HashMap<>();

    Ledger(List<Call> calls) {
        for (Call call : calls) {
            Asked asked = call.asked();
            boolean isDone = call.answer().status() == asked.action().status();
            if (asked.action() == Action.SIGN_IN && isDone) {
                users.put(call.answer().caller().handle(), asked.user());
            }
            if (isEnding(asked)) {
                endAsked.merge(asked.presented(), call.startedAt(), Math::min);
                if (isDone) {
                    endAcknowledged.merge(asked.presented(), call.endedAt(), Math::min);
                }
            }
        }
    }

    /** A sign-out, or a sign-in over a session, which is always one as somebody else. */
    private static boolean isEnding(Asked asked) {
        return !asked.isWithout() && (asked.action() == Action.SIGN_OUT || asked.action() == Action.SIGN_IN);
    }

    @Nullable
    String user(String handle) {
        return users.get(handle);
    }

    /** Whether the session had to work during the whole call. */
    boolean isLive(Call call) {
        String handle = call.asked().presented();
        return users.containsKey(handle) && call.endedAt() < endAsked.getOrDefault(handle, Long.MAX_VALUE);
    }

    /** Whether the session could not work any more when the call began. */
    boolean isOver(Call call) {
        return endAcknowledged.getOrDefault(call.asked().presented(), Long.MAX_VALUE) < call.startedAt();
    }

    int size() {
        return users.size();
    }
}
