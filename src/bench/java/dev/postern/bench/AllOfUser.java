package dev.postern.bench;

import dev.postern.session.ResumeRequest;
import dev.postern.session.ResumeResult;
import dev.postern.session.SessionKeeper;
import dev.postern.session.listing.UserSessions;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Listing and revoking all sessions of a user, among those of a thousand others. Each call has a user of its own. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 30)
@Measurement(iterations = 30)
public class AllOfUser {

    private static final int OTHERS = 1000;

    @Param("3")
    public int members;

    @Param({"1", "10", "1000"})
    public int sessions;

    private MemberCluster cluster;
    private OurSessions ours;
    private SessionKeeper leased;
    private UserSessions userSessions;
    private SpringSessions spring;
    private String user = "";
    private String token = "";

    /** How many are still there of those that were ended. */
    private IntSupplier left = () -> 0;

    private int users;

    @Setup(Level.Trial)
    public void begin() {
        cluster = MemberCluster.of(members);
        ours = OurSessions.plain(cluster);
        leased = ours.leased();
        userSessions = ours.leased().userSessions();
        spring = SpringSessions.on(cluster);
        ours.fill(OTHERS);
        spring.fill(OTHERS);
    }

    @Setup(Level.Invocation)
    public void signIn() {
        user = "user of many" + users++ + "@example.org";
        token = ours.fill(user, sessions).get(0).token().reveal();
        for (int session = 0; session < sessions; session++) {
            spring.begin(user);
        }
        OurSessions.check(leased, token);
    }

    @TearDown(Level.Trial)
    public void end() {
        cluster.close();
    }

    @Benchmark
    public int list() {
        return checked(userSessions.of(user).size());
    }

    @Benchmark
    public int springList() {
        return checked(spring.of(user).size());
    }

    private int checked(int found) {
        if (found != sessions) {
            throw new IllegalStateException(found + " of " + sessions + " sessions were found.");
        }
        return found;
    }

    @Benchmark
    public void revoke() {
        userSessions.endAll(user);
        left = () -> userSessions.of(user).size();
    }

    /** The same, until another node that had a copy turns the session away too. */
    @Benchmark
    public void revokeEverywhere() {
        userSessions.endAll(user);
        while (leased.resume(token, ResumeRequest.PASSIVE) instanceof ResumeResult.Live) {
            Thread.onSpinWait();
        }
    }

    /** It has no call for it, so an application asks for all and deletes each. */
    @Benchmark
    public void springRevoke() {
        spring.of(user).keySet().forEach(spring::end);
        left = () -> spring.of(user).size();
    }

    @TearDown(Level.Invocation)
    public void check() {
        if (left.getAsInt() != 0) {
            throw new IllegalStateException(left.getAsInt() + " sessions that were ended are still listed.");
        }
        left = () -> 0;
    }
}
