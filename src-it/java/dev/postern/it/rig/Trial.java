package dev.postern.it.rig;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.it.Rig;
import dev.postern.it.rig.client.Answer.Outcome;
import dev.postern.it.rig.client.Held;
import dev.postern.it.rig.client.Request.Kind;
import dev.postern.it.rig.judge.Apart;
import dev.postern.it.rig.judge.Apart.Span;
import dev.postern.it.rig.judge.Call;
import dev.postern.it.rig.judge.Checker;
import dev.postern.it.rig.judge.Finding;
import dev.postern.it.rig.judge.History;
import dev.postern.it.rig.judge.Invariant;
import dev.postern.it.rig.judge.Limits;
import dev.postern.it.rig.judge.Mark;
import dev.postern.it.rig.judge.Tally;
import dev.postern.it.rig.judge.Tally.Failures;
import dev.postern.it.rig.load.Audit;
import dev.postern.it.rig.load.Load;
import dev.postern.it.rig.load.Recorder;
import dev.postern.it.rig.net.Loopback;
import dev.postern.it.rig.net.Network;
import dev.postern.it.rig.node.Cluster;
import dev.postern.it.rig.node.MemberSettings;
import dev.postern.it.rig.node.Server;
import dev.postern.it.rig.report.ScenarioReport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;

/**
 * One scenario as it runs: a cluster, the load on it, the history of both, and in the end the verdict.
 *
 * <p>For one thread.
 */
public final class Trial implements AutoCloseable {

    public static final int MAJORITY = 2;
    public static final int OPEN = 1;
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    /** Ten seconds without a heartbeat, and one more (G4). */
    private static final Duration NOTICE = Duration.ofSeconds(11);

    private static final Duration SLACK = Duration.ofSeconds(2);
    /** Longer than some rows wait for backups that do not answer. */
    private static final Duration MERGE = Duration.ofSeconds(12);

    private static final String NOT_ENDED = "**did not come to its end**";
    /** In graces. A token that was replaced before that is a copy (design, section 5), whatever was on its way meanwhile. */
    private static final int AGE_OF_COPIES = 5;

    /** While something is done to a server, it may answer so before the application is there, or when it is not any more. */
    private static final Set<Invariant> EXCUSED = EnumSet.of(Invariant.I7, Invariant.TOKEN, Invariant.FORBIDDEN);

    private final Plan plan;
    private final boolean isOnServers;
    private final ScenarioReport report;
    private final Path directory;
    private final History history = new History(System::nanoTime);
    private final Recorder recorder;
    private final Cluster cluster;
    private final Load load;
    private final List<Long> rounds = new ArrayList<>();
    private int unanswered;

    private Trial(Plan plan, boolean isOnServers, Cluster cluster, ScenarioReport report, Path directory) {
        this.plan = plan;
        this.isOnServers = isOnServers;
        this.cluster = cluster;
        this.report = report;
        this.directory = directory;
        cluster.watch(history::mark);
        this.recorder = new Recorder(history, plan.patience());
        long seed = Long.getLong("it.faults.seed", System.nanoTime());
        this.load = new Load(
                cluster,
                recorder,
                plan.habits(),
                new Load.Rate(
                        plan.perSecond(),
                        plan.atOnce(),
                        plan.pace().grace().multipliedBy(AGE_OF_COPIES),
                        new Random(seed)));
        System.getLogger(Trial.class.getName()).log(System.Logger.Level.INFO, "{0}, seed {1}", plan.name(), seed);
    }

    /** On the server that {@code it.server} names; without one on bare members, which are connected by the loopback interface. */
    public static Trial of(Plan plan) {
        return System.getProperty("it.server") == null
                ? ofMembers(plan)
                : on(Cluster.of(Server.underTest(plan.pace(), plan.minimumMembers())), plan.onServers());
    }

    /** On bare members. */
    public static Trial ofMembers(Plan plan) {
        return ofMembers(plan, new Loopback(Integer.getInteger("it.faults.port", 17_701), Cluster.NODES.size()));
    }

    /** On bare members that this network connects. */
    public static Trial ofMembers(Plan plan, Network network) {
        ScenarioReport report = reportOnMembers();
        Path directory = begun(report, plan);
        MemberSettings settings =
                new MemberSettings(plan.namespace(), network.members(), plan.minimumMembers(), plan.pace());
        return new Trial(plan, false, Cluster.of(network, settings, directory), report, directory);
    }

    /** On a cluster of the server under test, which the trial ends. */
    public static Trial on(Cluster servers, Plan plan) {
        String server = Rig.value("it.server");
        ScenarioReport report = new ScenarioReport(
                "http-" + server,
                Server.underTest(plan.pace(), plan.minimumMembers()).title());
        return new Trial(plan, true, servers, report, begun(report, plan));
    }

    private static Path begun(ScenarioReport report, Plan plan) {
        Path directory = report.directory(plan.name());
        report.add(directory, new ScenarioReport.Row(0, "", "", NOT_ENDED));
        return directory;
    }

    /** The report on bare members. */
    public static ScenarioReport reportOnMembers() {
        return new ScenarioReport("members", "members of Hazelcast " + Rig.value("it.faults.hazelcast"));
    }

    public Cluster cluster() {
        return cluster;
    }

    public Load load() {
        return load;
    }

    public Recorder recorder() {
        return recorder;
    }

    public History history() {
        return history;
    }

    /** Starts all nodes, and waits until they are one cluster. */
    public void startAll(String... jvm) {
        Cluster.NODES.forEach(node -> cluster.start(node, jvm));
        await(this::isWhole);
    }

    /** The same for servers on which there will be several trials. */
    public static void start(Cluster servers) {
        Cluster.NODES.forEach(servers::start);
        Awaitility.await("in time").atMost(PATIENCE).until(() -> servers.isWhole() && Scout.findsOneGrid(servers));
    }

    /** Whether all nodes serve, and a session that begins on any of them works on each. */
    public boolean isWhole() {
        return cluster.isWhole() && (!isOnServers || Scout.findsOneGrid(cluster));
    }

    public void await(BooleanSupplier condition) {
        Awaitility.await("in time").atMost(PATIENCE).until(condition::getAsBoolean);
    }

    public void round() {
        rounds.add(history.now());
        history.mark("round " + rounds.size());
    }

    public void awaitUnderLoad(BooleanSupplier condition) {
        assertThat(load.run(condition, PATIENCE)).as("in time").isTrue();
    }

    /** Goes on until nodes that have joined each other again have merged their rows: bare members say so, servers get a while. */
    public void runUntilMerged() {
        if (isOnServers) {
            load.run(MERGE);
        }
    }

    /** Notes what was done to the node from that time on, and that it is over now. */
    public void was(String what, String node, long from) {
        history.add(new Mark(what, node, from, history.now()));
    }

    /** Kills the node under load, waits, starts it again, and waits until all nodes are together. */
    public Failures replaceKilled(String node, Duration meanwhile) {
        long from = history.now();
        cluster.node(node).kill();
        load.run(meanwhile);
        long restart = history.now();
        startAgain(node);
        was("SIGKILL", node, from);
        // a killed server is tried again and again, a bare member is not
        List<Call> calls = history.calls().stream()
                .filter(call -> !isOnServers || !call.request().node().equals(node))
                .toList();
        return new Tally(calls, List.of(), List.of()).failures(from, restart, plan.patience());
    }

    /** Ends the node by the signal, or by a call, under load, and starts it again. */
    public void restart(String node, boolean isByCall) {
        long from = history.now();
        if (isByCall) {
            cluster.node(node).stop();
        } else {
            cluster.node(node).signal("TERM");
        }
        awaitUnderLoad(() -> !cluster.node(node).isAlive());
        startAgain(node);
        was(isByCall ? "stop" : "SIGTERM", node, from);
    }

    private void startAgain(String node) {
        history.mark("start " + node);
        cluster.start(node);
        awaitUnderLoad(cluster::isWhole);
    }

    /** Notes that these nodes were apart from one time to another, and not yet repaired until now. */
    public void wereApart(long from, long mended, List<Set<String>> sides) {
        boolean isOpen = plan.minimumMembers() == OPEN;
        history.add(new Apart(new Span(from, from + NOTICE.toNanos(), mended, history.now()), sides, isOpen));
    }

    public void audit() {
        history.mark("look");
        unanswered += load.audit().unanswered();
    }

    /** Looks at these sessions on every node. */
    public void look(List<Held> sessions) {
        Audit audit = new Audit(cluster, recorder);
        audit.look(sessions);
        unanswered += audit.unanswered();
    }

    public void auditAll() {
        history.mark("look at all");
        unanswered += load.auditOfAll().unanswered();
    }

    /** All calls so far, and what is wrong with them. */
    public Tally tally() {
        List<Call> calls = history.calls();
        List<Mark> marks = history.marks();
        Limits limits = new Limits(plan.pace().idle(), plan.pace().absolute(), SLACK);
        Tally all = new Tally(calls, new Checker(limits).check(calls, history.aparts()), marks);
        return new Tally(
                calls,
                all.findings().stream()
                        .filter(finding -> !isExcused(finding, all))
                        .toList(),
                marks);
    }

    /** On Payara before 7.2026.2 the server itself may refuse with 403 (L11): it is no finding there. */
    private boolean isExcused(Finding finding, Tally all) {
        boolean isOfPayara = isOnServers && finding.invariant() == Invariant.FORBIDDEN && !Rig.onWildFly();
        boolean isStrayToken = finding.invariant() == Invariant.TOKEN
                && !finding.call().answer().is(Outcome.UNAVAILABLE);
        boolean isOfTheRig = finding.call().answer().reason().startsWith(Recorder.BROKEN);
        return isOnServers
                && !isOfTheRig
                && !isStrayToken
                && (isOfPayara || (EXCUSED.contains(finding.invariant()) && all.isCovered(finding.call())));
    }

    /** Writes the row and the pictures, and fails when the checker has found anything, or the scenario's own goal is missed. */
    public Tally conclude(String goal, String figure, boolean isMet) {
        return conclude(goal, figure, isMet, isMet);
    }

    /** The same for a goal in milliseconds, of which a busy machine may miss some: only what is not even bearable fails. */
    public Tally conclude(String goal, String figure, boolean isMet, boolean isBearable) {
        Awaitility.await("all requests are answered").atMost(PATIENCE).until(() -> recorder.underWay() == 0);
        Tally tally = tally();
        long signOuts = tally.count(call -> call.has(Kind.END, Outcome.ENDED));
        boolean isGood = isMet && signOuts > 0 && tally.findings().isEmpty() && unanswered == 0;
        draw(tally.calls());
        ScenarioReport.write(directory.resolve("findings.txt"), tally.stories());
        String all = figure
                + (figure.isEmpty() ? "" : "; ")
                + tally.text()
                + (unanswered == 0 ? "" : "; " + unanswered + " looks in the end without an answer");
        report.add(directory, new ScenarioReport.Row(rounds.size(), goal, all, isGood ? "met" : "**missed**"));
        String what = plan.name() + ": " + all;
        assertThat(tally.findings().stream().limit(10)).as(what).isEmpty();
        assertThat(signOuts).as(what).isPositive();
        assertThat(unanswered).as(what).isZero();
        assertThat(isBearable).as(what).isTrue();
        return tally;
    }

    private void draw(List<Call> calls) {
        for (int i = 0; i < rounds.size(); i++) {
            long end = i + 1 < rounds.size() ? rounds.get(i + 1) : history.now();
            String title = plan.name() + ", round " + (i + 1);
            ScenarioReport.write(
                    directory.resolve(String.format("round-%02d.svg", i + 1)),
                    ScenarioReport.picture(title, calls, history.marks(), rounds.get(i), end));
        }
    }

    @Override
    public void close() {
        cluster.close();
    }
}
