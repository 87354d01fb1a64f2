package dev.postern.bench;

import dev.postern.Ending;
import dev.postern.session.LiveSession;
import dev.postern.session.ResumeRequest;
import dev.postern.session.ResumeResult;
import dev.postern.session.SessionKeeper;
import dev.postern.session.rotation.SessionPolicy;
import dev.postern.session.token.Token;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Signing in, renewing and signing out. */
@State(Scope.Benchmark)
public class Lifecycle {

    private static final int USERS = 1000;

    /** Every use renews, and a former token is of no more interest when its session's turn comes again. */
    private static final SessionPolicy.Renewal AT_ONCE =
            new SessionPolicy.Renewal(Duration.ZERO, Duration.ofMillis(5), SessionPolicy.Renewal.OnReuse.REVOKE);

    @Param({"1", "3"})
    public int members;

    private MemberCluster cluster;
    private SessionKeeper keeper;
    private SessionKeeper renewing;
    private SpringSessions spring;
    private Cycle<Held> held;
    private Cycle<Held> springHeld;
    private int users;

    /** What a client holds by now. */
    private static final class Held {

        private String token;

        private Held(String token) {
            this.token = token;
        }
    }

    /** Somebody who is signed in, to be signed out. */
    @State(Scope.Thread)
    public static class SignedIn {

        private Token token;
        private String springId;

        @Setup(Level.Invocation)
        public void begin(Lifecycle of) {
            token = OurSessions.begin(of.keeper, of.name()).token();
            springId = of.spring.begin(of.name());
        }

        /** One of the two is over by now. */
        @TearDown(Level.Invocation)
        public void check(Lifecycle of) {
            boolean isLive = of.keeper.resume(token.reveal(), ResumeRequest.PASSIVE) instanceof ResumeResult.Live;
            if (isLive && of.spring.isThere(springId)) {
                throw new IllegalStateException("A session that was ended goes on.");
            }
        }
    }

    @Setup(Level.Trial)
    public void begin() {
        cluster = MemberCluster.of(members);
        keeper = OurSessions.plain(cluster).strict();
        OurSessions ours = OurSessions.with(cluster, Member.limits(AT_ONCE));
        renewing = ours.strict();
        held = new Cycle<>(ours.fill(USERS).stream()
                .map(LiveSession::token)
                .map(token -> new Held(token.reveal()))
                .collect(Collectors.toList()));
        spring = new SpringSessions(cluster);
        List<String> ids = spring.fill(USERS);
        springHeld = new Cycle<>(ids.stream().map(Held::new).collect(Collectors.toList()));
    }

    @TearDown(Level.Trial)
    public void end() {
        cluster.close();
    }

    private String name() {
        return "new" + users++ + "@example.org";
    }

    @Benchmark
    public Object signIn() {
        return OurSessions.begin(keeper, name());
    }

    @Benchmark
    public Object springSignIn() {
        return spring.begin(name());
    }

    /** The request that gets the successor, and the next one, which brings it. */
    @Benchmark
    public Object renew() {
        Held client = held.next();
        client.token = OurSessions.check(renewing, client.token)
                .successor()
                .orElseThrow()
                .reveal();
        return OurSessions.check(renewing, client.token);
    }

    @Benchmark
    public Object springRenew() {
        Held client = springHeld.next();
        client.token = spring.renew(client.token);
        return client;
    }

    @Benchmark
    public void signOut(SignedIn client) {
        keeper.end(client.token, Ending.SIGNED_OUT);
    }

    @Benchmark
    public void springSignOut(SignedIn client) {
        spring.end(client.springId);
    }
}
