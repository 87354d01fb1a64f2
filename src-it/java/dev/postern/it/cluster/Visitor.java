package dev.postern.it.cluster;

import dev.postern.it.Pause;
import dev.postern.it.cluster.Habits.Step;
import java.io.IOException;
import java.util.List;
import java.util.Random;

/**
 * A browser with its user, or an anonymous one. It remembers its token and the last one that it has signed out.
 *
 * <p>For one thread at a time.
 */
final class Visitor {

    private final List<String> names;
    private final History history;
    private Held held = Held.NOTHING;
    private Held ended = Held.NOTHING;
    private int signIns;
    private boolean isLeaving;

    /** Signs in as each of the names in turn; with none of them it stays anonymous. */
    Visitor(History history, List<String> names) {
        this.history = history;
        this.names = names;
    }

    void visit(Habits habits, Random random, Wires wires) {
        int node = wires.node(random);
        switch (next(habits, random)) {
            case SIGN_IN -> signIn(node, wires);
            case SIGN_OUT -> signOut(node, wires);
            case READ_WITH_COPY -> ask(Habits.page(random), node, ended, wires);
            case READ -> keep(ask(Habits.page(random), node, held, wires));
        }
    }

    /** Asks a node for the session, as long as it cannot say; nothing without a session, or with one that may be over. */
    void answerRollCall(int node, Wires wires) {
        for (int tries = 0; tries < 10 && !held.isNothing() && !isLeaving; tries++) {
            int status = ask(Action.ROLL_CALL, node, held, wires).status();
            if (status == 200 || status == 401) {
                return;
            }
            Pause.ofMillis(200);
        }
    }

    private Step next(Habits habits, Random random) {
        if (isLeaving) {
            return Step.SIGN_OUT;
        }
        return names.isEmpty() ? Step.READ : habits.next(random, !held.isNothing());
    }

    /** Signs in as the next of its names. */
    void signIn(int node, Wires wires) {
        String name = names.get(signIns++ % names.size());
        String form = "username=" + name + "&password=" + name + "-pw";
        Held former = held;
        Asked asked = new Asked(Action.SIGN_IN, node, former.handle(), name);
        Wire.Response response = send(asked, former, form, wires);
        if (response.status() == 201) {
            held = new Held("", Caller.in(response.body()).handle());
            keep(response);
            ended = former.isNothing() ? ended : former;
        } else {
            isLeaving = !former.isNothing(); // the answer may have been lost, and the former session be over
        }
    }

    private void signOut(int node, Wires wires) {
        Asked asked = new Asked(Action.SIGN_OUT, node, held.handle(), Asked.NOTHING);
        isLeaving = send(asked, held, "", wires).status() != 204;
        if (!isLeaving) {
            ended = held;
            held = Held.NOTHING;
        }
    }

    private Wire.Response ask(Action action, int node, Held token, Wires wires) {
        return send(new Asked(action, node, token.handle(), Asked.NOTHING), token, "", wires);
    }

    private void keep(Wire.Response response) {
        response.setCookies().stream().filter(Held::isToken).forEach(setCookie -> held = held.renewed(setCookie));
    }

    private Wire.Response send(Asked asked, Held token, String form, Wires wires) {
        long startedAt = System.nanoTime();
        try {
            Action action = asked.action();
            Wire.Response response = wires.send(asked.node(), action.method(), action.path(), token.cookie(), form);
            boolean hasToken = response.setCookies().stream().anyMatch(Held::isToken);
            history.add(asked, new Answer(response.status(), Caller.in(response.body()), hasToken), startedAt);
            return response;
        } catch (IOException e) {
            history.add(asked, Answer.NONE, startedAt);
            return new Wire.Response(0, List.of(), "");
        }
    }
}
