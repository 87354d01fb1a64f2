package dev.postern.bench;

import com.hazelcast.map.IMap;
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
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Signing in, renewing and signing out, beside a compare-and-set of the same map. With leases another node of this JVM has copies too, so
 * that a sign-out has to wait for it.
 */
@State(Scope.Benchmark)
public class Lifecycle {

    private static final int USERS = 1000;

    /** As long as a row. */
    private static final byte[] RAW = new byte[360];

    /** Every use renews, and a former token is of no more interest when its session's turn comes again. */
    private static final SessionPolicy.Renewal AT_ONCE =
            new SessionPolicy.Renewal(Duration.ZERO, Duration.ofMillis(5), SessionPolicy.Renewal.OnReuse.REVOKE);

    @Param({"1", "3"})
    public int members;

    private MemberCluster cluster;
    private SessionKeeper keeper;
    private SessionKeeper renewing;
    private SessionKeeper leased;
    private SessionKeeper other;
    private IMap<String, Object> map;
    private Cycle<String> rawKeys;
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
        private Token leasedToken;
        private String springId;

        @Setup(Level.Invocation)
        public void begin(Lifecycle of) {
            token = OurSessions.begin(of.keeper, of.name()).token();
            leasedToken = OurSessions.begin(of.leased, of.name()).token();
            OurSessions.check(of.leased, leasedToken.reveal());
            OurSessions.check(of.other, leasedToken.reveal());
            springId = of.spring.begin(of.name());
        }

        /** One of the three is over by now, and the node that had a copy knows. */
        @TearDown(Level.Invocation)
        public void check(Lifecycle of) {
            if (isLive(of.keeper, token) && isLive(of.other, leasedToken) && of.spring.isThere(springId)) {
                throw new IllegalStateException("A session that was ended goes on.");
            }
        }

        private static boolean isLive(SessionKeeper keeper, Token token) {
            return keeper.resume(token.reveal(), ResumeRequest.PASSIVE) instanceof ResumeResult.Live;
        }
    }

    @Setup(Level.Trial)
    public void begin() {
        cluster = MemberCluster.of(members);
        OurSessions plain = OurSessions.plain(cluster);
        keeper = plain.strict();
        leased = plain.leased();
        other = plain.leased();
        map = plain.map();
        rawKeys = new Cycle<>(
                IntStream.range(0, USERS).mapToObj(number -> "raw" + number).toList());
        IntStream.range(0, USERS).forEach(number -> map.set("raw" + number, RAW));
        OurSessions ours = OurSessions.with(cluster, Member.limits(AT_ONCE));
        renewing = ours.strict();
        held = new Cycle<>(ours.fill(USERS).stream()
                .map(LiveSession::token)
                .map(token -> new Held(token.reveal()))
                .collect(Collectors.toList()));
        spring = SpringSessions.on(cluster);
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

    /** The same where another node has a copy, which is gone when the call returns. */
    @Benchmark
    public void leasedSignOut(SignedIn client) {
        leased.end(client.leasedToken, Ending.SIGNED_OUT);
    }

    /** The least that a sign-out has to do: one write of the map, to one of many keys. */
    @Benchmark
    public boolean compareAndSet() {
        if (!map.replace(rawKeys.next(), RAW, RAW)) {
            throw new IllegalStateException("A row that nobody else writes has changed.");
        }
        return true;
    }

    @Benchmark
    public void springSignOut(SignedIn client) {
        spring.end(client.springId);
    }
}
