package dev.postern.bench.http;

import dev.postern.it.rig.node.Server;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * One server with so many nodes: every variant on the same processes, warmed up and then asked in turn, in another order each round.
 *
 * <p>For one thread.
 */
final class ServerRun {

    /** What is compiled for one variant is compiled anew when the next one comes along, so each has more turns than one. */
    private static final int WARM_UP_TURNS = 2;

    private final Server server;
    private final BenchPlan plan;

    ServerRun(Server server, BenchPlan plan) {
        this.server = server;
        this.plan = plan;
    }

    /** What each load showed, one after the other. */
    List<Comparison> run(Keys keys) throws IOException, InterruptedException {
        UserProofs proofs = new UserProofs(keys);
        List<Comparison> outcomes = new ArrayList<>();
        try (BenchNodes nodes = new BenchNodes(server)) {
            nodes.start(proofs);
            try (ClosedLoop load = new ClosedLoop(nodes, plan.connections())) {
                for (UserLoad users : plan.users()) {
                    Map<Variant, List<Visitor>> visitors = visitors(proofs, nodes.ports(), users);
                    outcomes.add(new Comparison(
                            server.title(),
                            server.layout().nodes(),
                            users,
                            load.idle(users.length()),
                            rounds(load, visitors, users)));
                }
            }
        }
        return outcomes;
    }

    private Map<Variant, List<Visitor>> visitors(UserProofs proofs, List<Integer> ports, UserLoad users)
            throws IOException, InterruptedException {
        Visitors visitors = new Visitors(proofs, ports);
        Map<Variant, List<Visitor>> all = new EnumMap<>(Variant.class);
        for (Variant variant : Variant.values()) {
            if (variant.isMeasured(ports.size(), users)) {
                all.put(variant, visitors.of(variant, users.number()));
            }
        }
        return all;
    }

    private Map<Variant, List<Round>> rounds(ClosedLoop load, Map<Variant, List<Visitor>> visitors, UserLoad users)
            throws IOException, InterruptedException {
        for (int turn = 0; turn < WARM_UP_TURNS && users.isBusy(); turn++) {
            turns(load, visitors, users, plan.warmUp().dividedBy(WARM_UP_TURNS), 0);
        }
        Map<Variant, List<Round>> rounds = new EnumMap<>(Variant.class);
        for (int number = 1; number <= users.rounds(); number++) {
            turns(load, visitors, users, users.length(), number)
                    .forEach((variant, round) -> rounds.computeIfAbsent(variant, none -> new ArrayList<>())
                            .add(round));
        }
        return rounds;
    }

    private Map<Variant, Round> turns(
            ClosedLoop load, Map<Variant, List<Visitor>> visitors, UserLoad users, Duration length, int number)
            throws IOException, InterruptedException {
        List<Variant> order = new ArrayList<>(visitors.keySet());
        Collections.shuffle(order, new Random(number));
        Map<Variant, Round> turns = new EnumMap<>(Variant.class);
        for (Variant variant : order) {
            List<Visitor> all = visitors.getOrDefault(variant, List.of());
            Round unused = load.run(all, users.pause(), users.leadIn());
            Round round = load.run(all, users.pause(), length);
            turns.put(variant, round);
            System.out.printf(
                    "%s, %d nodes, %s, round %d, %s: %.0f requests/s, %.0f us of the server each%n",
                    server.title(),
                    server.layout().nodes(),
                    users.title(),
                    number,
                    variant,
                    round.rate(),
                    round.serverCpuPerRequest());
        }
        return turns;
    }
}
