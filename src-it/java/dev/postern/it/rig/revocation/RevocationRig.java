package dev.postern.it.rig.revocation;

import dev.postern.it.Pause;
import dev.postern.it.rig.client.Answer;
import dev.postern.it.rig.client.Answer.Outcome;
import dev.postern.it.rig.client.Held;
import dev.postern.it.rig.client.Request;
import dev.postern.it.rig.client.Request.Kind;
import dev.postern.it.rig.judge.History;
import dev.postern.it.rig.judge.Tally;
import dev.postern.it.rig.load.Habits;
import dev.postern.it.rig.load.Load;
import dev.postern.it.rig.load.Recorder;
import dev.postern.it.rig.net.Loopback;
import dev.postern.it.rig.net.Namespaces;
import dev.postern.it.rig.net.Network;
import dev.postern.it.rig.node.Cluster;
import dev.postern.it.rig.node.MemberSettings;
import dev.postern.it.rig.node.Node;
import dev.postern.it.rig.node.Pace;
import dev.postern.it.rig.report.FaultReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/**
 * A cluster of bare members on which calls that end sessions are timed. All calls go to the first node. A fault hits another one, and ends
 * when the calls are over, or when the grid has answered none of them for {@linkplain #LONGEST_FAULT a while}.
 *
 * <p>For one thread.
 */
public final class RevocationRig implements AutoCloseable {

    private static final List<String> NAMES = List.of("a", "b", "c", "d", "e");
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    /** Until a node that can answer has refused a session that is over. */
    private static final Duration TO_REFUSE = Duration.ofSeconds(10);

    /** Longer than the product takes to notice that a member is gone, which is 10 s. */
    private static final Duration LONGEST_FAULT = Duration.ofSeconds(15);

    /** Until a call is acknowledged that is repeated all the time; a minute longer than the fault. */
    private static final Duration TO_ACKNOWLEDGE = LONGEST_FAULT.plusSeconds(60);

    private static final Duration WAIT_OF_CLIENTS = Duration.ofSeconds(3);
    private static final Duration LONGEST_LOAD = Duration.ofHours(2);
    private static final int AT_ONCE = 50;
    private static final int MILLIS_BETWEEN_ATTEMPTS = 20;

    /** The optimizing compiler, and a look for other clusters every 4 s instead of every 10. */
    private static final String[] JVM = {
        "-XX:TieredStopAtLevel=4",
        "-Dhazelcast.merge.first.run.delay.seconds=4",
        "-Dhazelcast.merge.next.run.delay.seconds=4"
    };

    private final List<String> names;
    private final Optional<Namespaces> namespaces;
    private final Cluster cluster;
    private final RevocationReport report;
    private int users;
    private String lastRefusal = "";

    private RevocationRig(List<String> names, Optional<Namespaces> namespaces) {
        this.names = names;
        this.namespaces = namespaces;
        int minimumMembers = names.size() / 2 + 1;
        this.report = new RevocationReport(
                names.size(),
                namespaces.isPresent() ? "a bridge of the kernel" : "the loopback interface",
                minimumMembers);
        Network network = namespaces.isPresent()
                ? namespaces.get()
                : new Loopback(Integer.getInteger("it.faults.port", 17_701), names.size());
        String namespace = "revocation-" + ProcessHandle.current().pid() + "-" + names.size();
        this.cluster = Cluster.of(
                network,
                new MemberSettings(namespace, network.members(), minimumMembers, Pace.OF_THE_PRODUCT),
                logs(names.size()));
    }

    private static Path logs(int nodes) {
        try {
            return Files.createDirectories(FaultReport.directory().resolve("revocation-" + nodes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts so many nodes, 1 to 5. Where this machine has no network namespaces, no node can be cut off. */
    public static RevocationRig start(int nodes) {
        List<String> names = NAMES.subList(0, nodes);
        RevocationRig rig = new RevocationRig(
                names, Namespaces.areAvailable() ? Optional.of(new Namespaces(names)) : Optional.empty());
        try {
            names.forEach(name -> rig.cluster.start(name, JVM));
            rig.awaitWhole();
            return rig;
        } catch (RuntimeException | AssertionError e) {
            rig.close();
            throw e;
        }
    }

    private void awaitWhole() {
        Awaitility.await("one cluster").atMost(PATIENCE).until(() -> cluster.sees(names.size(), names));
    }

    /** How many uses of ended sessions were let in that were sent after a call had returned. */
    public int letIn() {
        return report.letIn();
    }

    /** Times each call so many times, and the one that ends a thousand sessions fewer times. No node has a fault. */
    public void measure(boolean isLoaded, int times) {
        Circumstances circumstances = new Circumstances(isLoaded, Fault.NONE, true);
        underLoad(isLoaded, () -> {
            for (RevokingCall call : RevokingCall.values()) {
                for (int i = 0; i < Math.max(1, times * call.ofHundred() / 100); i++) {
                    List<Held> sessions = begin(call);
                    if (time(circumstances, call, sessions, names, () -> {})) {
                        report.addLetIn(circumstances, call, look(call.ended(sessions)));
                    }
                }
            }
        });
        readFigures();
    }

    /** Lets the fault happen so many times, and times all calls each time, another one as the first. */
    public void measure(boolean isLoaded, Fault fault, int times) {
        if (fault == Fault.CUT_ONE_WAY && namespaces.isEmpty()) {
            report.note("No node was cut off: this machine has no network namespaces.");
            return;
        }
        underLoad(
                isLoaded,
                () -> IntStream.range(0, times).forEach(round -> measure(isLoaded, fault, round, order(round))));
        readFigures();
    }

    private static List<RevokingCall> order(int round) {
        List<RevokingCall> all = List.of(RevokingCall.values());
        return IntStream.range(0, all.size())
                .mapToObj(i -> all.get((i + round) % all.size()))
                .toList();
    }

    private void measure(boolean isLoaded, Fault fault, int round, List<RevokingCall> order) {
        Map<RevokingCall, List<Held>> sessions = new EnumMap<>(RevokingCall.class);
        order.forEach(call -> sessions.put(call, begin(call)));
        String victim = names.get(1 + round % (names.size() - 1));
        List<String> others =
                names.stream().filter(Predicate.not(victim::equals)).toList();
        NodeProbe probe = new NodeProbe(
                () -> cluster.node(victim),
                order.get(0)
                        .ended(sessions.getOrDefault(order.get(0), List.of()))
                        .get(0));
        if (!probe.isLetInWithin(TO_REFUSE)) {
            throw new IllegalStateException("The node " + victim + " does not let in whom it should.");
        }
        Runnable repair = once(begin(fault, victim, round));
        Map<RevokingCall, Circumstances> acknowledged = new EnumMap<>(RevokingCall.class);
        long firstReturned = 0;
        for (RevokingCall call : order) {
            Circumstances circumstances = new Circumstances(isLoaded, fault, call == order.get(0));
            if (time(circumstances, call, sessions.getOrDefault(call, List.of()), others, repair)) {
                acknowledged.put(call, circumstances);
            }
            firstReturned = circumstances.isFirst() ? System.nanoTime() : firstReturned;
        }
        repair.run();
        awaitWhole();
        if (acknowledged.containsKey(order.get(0))) {
            awaitRefusal(probe, victim, firstReturned);
            report.addLetIn(new Circumstances(isLoaded, fault, true), order.get(0), probe.letInAfter(firstReturned));
        }
        probe.close();
        acknowledged.forEach((call, circumstances) ->
                report.addLetIn(circumstances, call, look(call.ended(sessions.getOrDefault(call, List.of())))));
    }

    private void awaitRefusal(NodeProbe probe, String victim, long after) {
        if (!probe.isRefusedWithin(TO_REFUSE, after)) {
            report.note("The node " + victim + " was back, and did not refuse an ended session within 10 s.");
        }
    }

    private static Runnable once(Runnable work) {
        AtomicBoolean isDone = new AtomicBoolean();
        return () -> {
            if (!isDone.getAndSet(true)) {
                work.run();
            }
        };
    }

    /** Begins the fault, and returns what ends it. */
    private Runnable begin(Fault fault, String victim, int round) {
        Node node = cluster.node(victim);
        return switch (fault) {
            case NONE -> () -> {};
            case FROZEN -> {
                node.signal("STOP");
                yield () -> node.signal("CONT");
            }
            case KILLED -> {
                node.kill();
                yield () -> cluster.start(victim);
            }
            case CUT_ONE_WAY -> {
                boolean isUnheard = round % 2 == 0;
                String sender = isUnheard ? victim : names.get(0);
                String receiver = isUnheard ? names.get(0) : victim;
                namespaces.orElseThrow().loseFrom(sender, receiver);
                yield () -> namespaces.orElseThrow().loseNoMore(sender, receiver);
            }
        };
    }

    /** Begins the sessions of a new user, on one node after the other, and uses each on every node, so that all have copies. */
    private List<Held> begin(RevokingCall call) {
        String user = "revoked" + users++;
        List<Held> sessions = new ArrayList<>();
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (sessions.size() < call.sessions()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("Sessions cannot be begun.");
            }
            int most = Math.min(AT_ONCE, call.sessions() - sessions.size());
            IntStream.range(0, most)
                    .mapToObj(i -> send(names.get(i % names.size()), Kind.BEGIN, new Held(user, "", "")))
                    .toList()
                    .stream()
                    .map(CompletableFuture::join)
                    .filter(answer -> answer.is(Outcome.LIVE))
                    .map(Held::of)
                    .forEach(sessions::add);
        }
        ask(Kind.RESUME, sessions, Outcome.LIVE);
        return sessions;
    }

    /** Looks at sessions that are over, on every node. Returns how many looks were let in. */
    private int look(List<Held> sessions) {
        return ask(Kind.LOOK, sessions, Outcome.REFUSED);
    }

    /** Asks every node for each session until it answers so, or lets in. Returns how many let in. */
    private int ask(Kind kind, List<Held> sessions, Outcome wanted) {
        int live = 0;
        for (String name : names) {
            List<Held> left = sessions;
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (!left.isEmpty()) {
                List<Held> unanswered = new ArrayList<>();
                for (int from = 0; from < left.size(); from += AT_ONCE) {
                    List<Held> some = left.subList(from, Math.min(left.size(), from + AT_ONCE));
                    List<CompletableFuture<Answer>> answers =
                            some.stream().map(held -> send(name, kind, held)).toList();
                    for (int i = 0; i < some.size(); i++) {
                        Answer answer = answers.get(i).join();
                        live += answer.is(Outcome.LIVE) ? 1 : 0;
                        if (!answer.is(Outcome.LIVE) && !answer.is(wanted)) {
                            unanswered.add(some.get(i));
                        }
                    }
                }
                left = unanswered;
                if (System.nanoTime() > end) {
                    throw new IllegalStateException("The node " + name + " does not answer " + kind + ".");
                }
            }
        }
        return live;
    }

    private CompletableFuture<Answer> send(String name, Kind kind, Held held) {
        return cluster.node(name).send(Request.of(kind, name, held), held.token());
    }

    /**
     * Times the call, while each of these nodes is asked for a session that ends. Returns false if it was not acknowledged in time, which
     * is only noted: nothing is promised then.
     */
    private boolean time(
            Circumstances circumstances, RevokingCall call, List<Held> sessions, List<String> asked, Runnable repair) {
        Held watched = call.ended(sessions).get(0);
        List<NodeProbe> probes = asked.stream()
                .map(name -> new NodeProbe(() -> cluster.node(name), watched))
                .toList();
        try {
            probes.forEach(probe -> probe.isLetInWithin(WAIT_OF_CLIENTS));
            long sent = System.nanoTime();
            OptionalInt unavailable = call(call, sessions.get(0), repair);
            if (unavailable.isPresent()) {
                report.add(circumstances, call, timing(probes, sent, System.nanoTime(), unavailable.getAsInt()));
            } else {
                report.note("Not acknowledged within " + TO_ACKNOWLEDGE.toSeconds() + " s: " + call.title() + ", "
                        + circumstances.load() + ", a node " + circumstances.trouble() + ". Last answer: "
                        + lastRefusal);
            }
            return unavailable.isPresent();
        } finally {
            NodeProbe.closeAll(probes);
        }
    }

    private static Timing timing(List<NodeProbe> probes, long sent, long returned, int unavailable) {
        boolean isRefused = probes.stream().allMatch(probe -> probe.isRefusedWithin(TO_REFUSE, returned));
        return new Timing(
                returned - sent,
                isRefused
                        ? OptionalLong.of(probes.stream()
                                        .mapToLong(NodeProbe::firstRefusal)
                                        .max()
                                        .orElse(returned)
                                - sent)
                        : OptionalLong.empty(),
                unavailable,
                probes.stream().mapToInt(probe -> probe.letInAfter(returned)).sum());
    }

    /** Calls until the call is acknowledged. Returns how many attempts were not; empty if none was in time. */
    private OptionalInt call(RevokingCall call, Held first, Runnable repair) {
        long began = System.nanoTime();
        String caller = names.get(0);
        for (int unavailable = 0; System.nanoTime() - began < TO_ACKNOWLEDGE.toNanos(); unavailable++) {
            Answer answer = cluster.node(caller)
                    .send(call.request(caller, first), first.token())
                    .join();
            if (answer.is(Outcome.ENDED)) {
                return OptionalInt.of(unavailable);
            }
            if (!answer.is(Outcome.UNAVAILABLE)) {
                throw new IllegalStateException(call + ": " + answer);
            }
            lastRefusal = answer.reason();
            if (System.nanoTime() - began > LONGEST_FAULT.toNanos()) {
                repair.run();
            }
            Pause.ofMillis(MILLIS_BETWEEN_ATTEMPTS);
        }
        return OptionalInt.empty();
    }

    /** Does the work while clients use the nodes, or while none does. */
    private void underLoad(boolean isLoaded, Runnable work) {
        if (!isLoaded) {
            work.run();
            return;
        }
        History history = new History(System::nanoTime);
        Recorder recorder = new Recorder(history, WAIT_OF_CLIENTS);
        Load load = new Load(
                cluster,
                recorder,
                Habits.BUSY,
                new Load.Rate(Integer.getInteger("it.faults.rate", 200), 5000, LONGEST_LOAD, new Random(1)));
        AtomicBoolean isOver = new AtomicBoolean();
        Thread clients = new Thread(() -> load.run(isOver::get, LONGEST_LOAD), "clients");
        clients.start();
        try {
            work.run();
        } finally {
            isOver.set(true);
            join(clients);
        }
        Awaitility.await("all requests are answered").atMost(PATIENCE).until(() -> recorder.underWay() == 0);
        int stale = new Tally(history.calls(), List.of(), List.of()).stale().size();
        report.addLetIn(new Circumstances(true, Fault.NONE, true), RevokingCall.SIGN_OUT, stale);
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void readFigures() {
        Map<String, List<String>> figures = new LinkedHashMap<>();
        names.forEach(name -> figures.put(
                name,
                List.of(send(name, Kind.FIGURES, Held.NOTHING).join().reason().split(" ", -1))));
        report.figures(figures);
    }

    /** Ends all nodes. */
    @Override
    public void close() {
        cluster.close();
    }
}
