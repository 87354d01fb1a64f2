package dev.postern.bench;

import dev.postern.session.LiveSession;
import dev.postern.session.ResumeRequest;
import dev.postern.session.ResumeResult;
import dev.postern.session.SessionKeeper;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Turning away tokens that nobody has issued, of sessions that exist. It fails when it has asked the grid. */
@State(Scope.Benchmark)
public class Forged {

    private static final int USERS = 1000;

    private MemberCluster cluster;
    private SessionKeeper strict;
    private Cycle<String> tokens;
    private long callsBefore;

    @Setup(Level.Trial)
    public void begin() {
        cluster = MemberCluster.of(1);
        OurSessions ours = OurSessions.plain(cluster);
        strict = ours.strict();
        tokens = new Cycle<>(ours.fill(USERS).stream().map(Forged::of).toList());
        callsBefore = calls();
    }

    /** The token with another character in its tag. */
    private static String of(LiveSession session) {
        String token = session.token().reveal();
        int place = token.length() - 5;
        char other = token.charAt(place) == 'A' ? 'B' : 'A';
        return token.substring(0, place) + other + token.substring(place + 1);
    }

    private long calls() {
        return cluster.grid().callMetrics().snapshot().latency().calls();
    }

    @TearDown(Level.Trial)
    public void end() {
        long asked = calls() - callsBefore;
        cluster.close();
        if (asked != 0) {
            throw new IllegalStateException("The grid was asked " + asked + " times about forged tokens.");
        }
    }

    @Benchmark
    public Object reject() {
        if (strict.resume(tokens.next(), ResumeRequest.PASSIVE) instanceof ResumeResult.Malformed malformed) {
            return malformed;
        }
        throw new IllegalStateException("A forged token was not noticed.");
    }
}
