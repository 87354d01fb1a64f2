package dev.postern.bench;

import dev.postern.session.LiveSession;
import dev.postern.session.SessionKeeper;
import dev.postern.session.listing.ListedSession;
import dev.postern.session.listing.UserSessions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A check among few sessions and among many, of which any may come next; and one of those that a node remembers. */
@State(Scope.Benchmark)
public class Crowd {

    private static final int BUSY = 1000;

    /** Members and sessions. */
    @Param({"1 x 1000", "1 x 100000", "1 x 1000000", "3 x 1000", "3 x 100000", "3 x 1000000"})
    public String crowd = "";

    private MemberCluster cluster;
    private SessionKeeper strict;
    private SessionKeeper leased;
    private UserSessions userSessions;
    private Cycle<String> tokens;
    private Cycle<String> busy;
    private int users;
    private int asked;

    @Setup(Level.Trial)
    public void begin() {
        String[] numbers = crowd.split(" x ", 2);
        cluster = MemberCluster.of(Integer.parseInt(numbers[0]));
        users = Integer.parseInt(numbers[1]);
        OurSessions ours = OurSessions.plain(cluster);
        strict = ours.strict();
        leased = ours.leased();
        userSessions = strict.userSessions();
        List<String> all = new ArrayList<>();
        for (LiveSession session : ours.fill(users)) {
            all.add(session.token().reveal());
        }
        Collections.shuffle(all, new Random(1));
        tokens = new Cycle<>(all);
        busy = new Cycle<>(all.subList(0, BUSY));
    }

    @TearDown(Level.Trial)
    public void end() {
        cluster.close();
    }

    @Benchmark
    public Object strict() {
        return OurSessions.check(strict, tokens.next());
    }

    @Benchmark
    public Object leased() {
        return OurSessions.check(leased, busy.next());
    }

    @Benchmark
    public Object list() {
        asked = (asked + 7919) % users;
        List<ListedSession> sessions = userSessions.of(OurSessions.name(asked));
        if (sessions.size() != 1) {
            throw new IllegalStateException("A session that lives was not listed.");
        }
        return sessions;
    }
}
