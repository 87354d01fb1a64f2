package dev.postern.it.faults;

import dev.postern.it.faults.Answer.Outcome;
import dev.postern.it.faults.Request.Kind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds the uses that were let in after the first acknowledged sign-out, whether or not a fault excuses it. */
final class Staleness {

    private Staleness() {}

    static List<Call> of(List<Call> calls) {
        Map<String, Long> ends = new HashMap<>();
        calls.stream()
                .filter(call -> call.has(Kind.END, Outcome.ENDED))
                .forEach(call -> ends.merge(call.request().handle(), call.answeredAt(), Math::min));
        return calls.stream()
                .filter(call -> call.request().isUse() && call.answer().is(Outcome.LIVE))
                .filter(call -> call.sentAt() > ends.getOrDefault(call.request().handle(), Long.MAX_VALUE))
                .toList();
    }
}
