package dev.postern.it.rig.node;

import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.LifecycleEvent.LifecycleState;
import dev.postern.it.rig.client.Request;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * One node: a JVM with a member of the cluster, which takes requests from its standard input and answers on its standard output, both in
 * lines. A request is {@code number kind user handle token}, its answer {@code number} and {@link
 * dev.postern.it.rig.client.Answer#line()}; the number 0 is for what the node says by itself: how many members it sees, and whether it is
 * merging its rows with theirs. It ends at once when its input ends, so that no node outlives the rig.
 *
 * <p>For one thread.
 */
final class BareMember {

    private static final int REQUEST_THREADS = 200;
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private final ExecutorService requests = Executors.newFixedThreadPool(REQUEST_THREADS);
    private final MemberSessions sessions;
    private String seen = "";
    private volatile boolean isMerging;

    private BareMember(MemberSessions sessions) {
        this.sessions = sessions;
    }

    /** A request as the node takes it. */
    static String line(Request request, String token) {
        return String.join(" ", request.kind().name(), request.user(), request.handle(), token);
    }

    public static void main(String[] args) throws IOException {
        BareMember node = new BareMember(MemberSessions.open(MemberSettings.read()));
        HazelcastInstance member =
                Hazelcast.getAllHazelcastInstances().iterator().next();
        member.getLifecycleService().addLifecycleListener(event -> node.noteMerge(event.getState()));
        node.requests.execute(() -> node.watch(member));
        node.serve();
        Runtime.getRuntime().halt(0);
    }

    /** A member sees the others before it has brought its rows in. */
    private void noteMerge(LifecycleState state) {
        switch (state) {
            case MERGING -> isMerging = true;
            case MERGED, MERGE_FAILED -> isMerging = false;
            default -> {}
        }
    }

    private void watch(HazelcastInstance member) {
        while (!requests.isShutdown()) {
            look(member);
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    private void look(HazelcastInstance member) {
        int members = member.getLifecycleService().isRunning()
                ? member.getCluster().getMembers().size()
                : 0;
        String sees = members + " " + isMerging;
        if (!sees.equals(seen)) {
            seen = sees;
            out.println("0 " + sees);
        }
    }

    private void serve() throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            int space = line.indexOf(' ');
            String number = line.substring(0, space);
            String request = line.substring(space + 1);
            if (request.equals(PipeNode.STOP)) {
                sessions.close();
                return;
            }
            requests.execute(() -> answer(number, request));
        }
    }

    private void answer(String number, String request) {
        out.println(number + " " + sessions.answer(request.split(" ", -1)).line());
    }
}
