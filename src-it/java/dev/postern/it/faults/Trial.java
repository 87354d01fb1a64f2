package dev.postern.it.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.it.Pause;
import dev.postern.it.faults.Apart.Span;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * One scenario as it runs: a cluster, the load on it, the history of both, and in the end the verdict.
 *
 * <p>For one thread.
 */
final class Trial implements AutoCloseable {

    static final int MAJORITY = 2;
    static final int OPEN = 1;

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** Ten seconds without a heartbeat, and one more (G4). */
    private static final Duration NOTICE = Duration.ofSeconds(11);

    private final String name;
    private final Path directory;
    private final History history = new History(System::nanoTime);
    private final Wire wire = new Wire(history);
    private final Cluster cluster;
    private final Load load;
    private final Checker.Limits limits;
    private final boolean isOpen;
    private final List<Long> rounds = new ArrayList<>();
    private int unanswered;

    /** What a scenario needs: its name, which begins with the number of its goal, and how its nodes are to be. */
    record Plan(String name, NodeSettings.Pace pace, int minimumMembers) {

        private String namespace() {
            return "faults-" + ProcessHandle.current().pid() + "-" + name;
        }
    }

    private Trial(Plan plan, Network network) {
        this.name = plan.name;
        this.directory = Report.directory(plan.name);
        Report.add(directory, new Report.Row(plan.name, 0, "", "", "**did not come to its end**"));
        NodeSettings settings = new NodeSettings(plan.namespace(), network.members(), plan.minimumMembers, plan.pace);
        this.cluster = new Cluster(network, settings, directory, history::mark);
        long seed = Long.getLong("it.faults.seed", System.nanoTime());
        this.load = new Load(
                cluster,
                wire,
                new Load.Rate(Integer.getInteger("it.faults.rate", 200), plan.pace.grace(), new Random(seed)));
        this.isOpen = plan.minimumMembers == OPEN;
        this.limits = new Checker.Limits(plan.pace.idle(), plan.pace.absolute(), Duration.ofSeconds(2));
        System.getLogger(Trial.class.getName()).log(System.Logger.Level.INFO, "{0}, seed {1}", name, seed);
    }

    /** On the loopback interface. */
    static Trial of(Plan plan) {
        return new Trial(plan, new Loopback(Integer.getInteger("it.faults.port", 17_701)));
    }

    static Trial in(Namespaces network, Plan plan) {
        return new Trial(plan, network);
    }

    Cluster cluster() {
        return cluster;
    }

    Load load() {
        return load;
    }

    Wire wire() {
        return wire;
    }

    History history() {
        return history;
    }

    /** Starts all nodes, and waits until they are one cluster. */
    void startAll(String... jvm) {
        Cluster.NODES.forEach(node -> cluster.start(node, jvm));
        await(cluster::isWhole);
    }

    void await(BooleanSupplier condition) {
        assertThat(Pause.untilTrue(PATIENCE, condition)).as("in time").isTrue();
    }

    void round() {
        rounds.add(history.now());
        history.mark("round " + rounds.size());
    }

    void awaitUnderLoad(BooleanSupplier condition) {
        assertThat(load.run(condition, PATIENCE)).as("in time").isTrue();
    }

    /** Notes that these nodes were apart from one time to another, and not yet repaired until now. */
    void wereApart(long from, long mended, List<Set<String>> sides) {
        history.add(new Apart(new Span(from, from + NOTICE.toNanos(), mended, history.now()), sides, isOpen));
    }

    void audit() {
        history.mark("look");
        unanswered += load.audit().unanswered();
    }

    /** Looks at these sessions on every node. */
    void look(List<Held> sessions) {
        Audit audit = new Audit(cluster, wire);
        audit.look(sessions);
        unanswered += audit.unanswered();
    }

    void auditAll() {
        history.mark("look at all");
        unanswered += load.auditOfAll().unanswered();
    }

    Tally tally() {
        List<Call> calls = history.calls();
        return new Tally(calls, new Checker(limits).check(calls, history.aparts()));
    }

    /** Writes the row and the pictures, and fails when the checker has found anything, or the scenario's own goal is missed. */
    void conclude(String goal, String figure, boolean isMet) {
        conclude(goal, figure, isMet, isMet);
    }

    /** The same for a goal in milliseconds, of which a busy machine may miss some: only what is not even bearable fails. */
    void conclude(String goal, String figure, boolean isMet, boolean isBearable) {
        Pause.untilTrue(PATIENCE, () -> wire.underWay() == 0);
        Tally tally = tally();
        long signOuts = tally.count(call -> call.has(Request.Kind.END, Answer.Outcome.ENDED));
        boolean isGood = isMet && signOuts > 0 && tally.findings().isEmpty() && unanswered == 0 && wire.underWay() == 0;
        draw(tally.calls());
        Report.write(directory.resolve("findings.txt"), tally.stories());
        String all = figure
                + (figure.isEmpty() ? "" : "; ")
                + tally.text()
                + (unanswered == 0 ? "" : "; " + unanswered + " looks in the end without an answer");
        Report.add(directory, new Report.Row(name, rounds.size(), goal, all, isGood ? "met" : "**missed**"));
        assertThat(tally.findings().stream().limit(10)).as(name + ": " + all).isEmpty();
        assertThat(signOuts).as(name + ": " + all).isPositive();
        assertThat(unanswered).as(name + ": " + all).isZero();
        assertThat(wire.underWay())
                .as(name + ": requests that are never answered")
                .isZero();
        assertThat(isBearable).as(name + ": " + all).isTrue();
    }

    private void draw(List<Call> calls) {
        for (int i = 0; i < rounds.size(); i++) {
            long end = i + 1 < rounds.size() ? rounds.get(i + 1) : history.now();
            String picture = new Timeline(calls, history.marks(), rounds.get(i), end).draw(name + ", round " + (i + 1));
            Report.write(directory.resolve(String.format("round-%02d.svg", i + 1)), picture);
        }
    }

    @Override
    public void close() {
        cluster.close();
    }
}
