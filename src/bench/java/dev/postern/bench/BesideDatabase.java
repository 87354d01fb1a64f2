package dev.postern.bench;

import com.hazelcast.map.IMap;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.postern.Ending;
import dev.postern.session.LiveSession;
import dev.postern.session.ResumeRequest;
import dev.postern.session.ResumeResult;
import dev.postern.session.SessionKeeper;
import dev.postern.session.token.Token;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What sessions cost with a database beside the grid, without one, and where Spring Session has them in that database alone. It is a
 * PostgreSQL on this machine, which confirms nothing before it is on the disk.
 */
@State(Scope.Benchmark)
public class BesideDatabase {

    private static final int USERS = 1000;
    private static final int CONNECTIONS = 8;

    private EmbeddedPostgres postgres;
    private HikariDataSource database;
    private MemberCluster cluster;
    private OurSessions.Durable durable;
    private SessionKeeper keeper;
    private SessionKeeper alone;
    private IMap<String, Object> map;
    private SpringSessions spring;
    private Cycle<String> tokens;
    private Cycle<String> aloneTokens;
    private Cycle<String> springIds;
    private int users;

    /** Somebody who is signed in, to be signed out. */
    @State(Scope.Thread)
    public static class SignedIn {

        private Token token;
        private Token aloneToken;
        private String springId;

        @Setup(Level.Invocation)
        public void begin(BesideDatabase of) {
            token = OurSessions.begin(of.keeper, of.name()).token();
            aloneToken = OurSessions.begin(of.alone, of.name()).token();
            springId = of.spring.begin(of.name());
        }

        /** One of the three is over by now. */
        @TearDown(Level.Invocation)
        public void check(BesideDatabase of) {
            if (isLive(of.keeper, token) && isLive(of.alone, aloneToken) && of.spring.isThere(springId)) {
                throw new IllegalStateException("A session that was ended goes on.");
            }
        }

        private static boolean isLive(SessionKeeper keeper, Token token) {
            return keeper.resume(token.reveal(), ResumeRequest.PASSIVE) instanceof ResumeResult.Live;
        }
    }

    /** A session that the grid has lost, and the database has. */
    @State(Scope.Thread)
    public static class Lost {

        private String token = "";

        @Setup(Level.Invocation)
        public void lose(BesideDatabase of) {
            token = of.tokens.next();
            of.map.clear();
        }
    }

    @Setup(Level.Trial)
    public void begin() throws IOException {
        postgres = EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .start();
        HikariConfig config = new HikariConfig();
        config.setDataSource(postgres.getPostgresDatabase());
        config.setMaximumPoolSize(CONNECTIONS);
        database = new HikariDataSource(config);
        cluster = MemberCluster.of(1);
        OurSessions ours = OurSessions.sealed(cluster);
        durable = ours.durable(database);
        keeper = durable.keeper();
        alone = ours.strict();
        map = ours.map();
        spring = SpringSessions.in(database);
        tokens = new Cycle<>(fill(keeper));
        durable.flush();
        aloneTokens = new Cycle<>(fill(alone));
        springIds = new Cycle<>(spring.fill(USERS));
    }

    private List<String> fill(SessionKeeper sessions) {
        List<String> all = new ArrayList<>();
        for (int user = 0; user < USERS; user++) {
            all.add(OurSessions.begin(sessions, name()).token().reveal());
        }
        return all;
    }

    @TearDown(Level.Trial)
    public void end() throws IOException {
        durable.close();
        cluster.close();
        database.close();
        postgres.close();
    }

    private String name() {
        return "new" + users++ + "@example.org";
    }

    @Benchmark
    public Object check() {
        return OurSessions.check(keeper, tokens.next());
    }

    @Benchmark
    public Object aloneCheck() {
        return OurSessions.check(alone, aloneTokens.next());
    }

    @Benchmark
    public Object springCheck() {
        return spring.perRequest(springIds.next());
    }

    @Benchmark
    public LiveSession signIn() {
        return OurSessions.begin(keeper, name());
    }

    @Benchmark
    public LiveSession aloneSignIn() {
        return OurSessions.begin(alone, name());
    }

    @Benchmark
    public Object springSignIn() {
        return spring.begin(name());
    }

    @Benchmark
    public void signOut(SignedIn client) {
        keeper.end(client.token, Ending.SIGNED_OUT);
    }

    @Benchmark
    public void aloneSignOut(SignedIn client) {
        alone.end(client.aloneToken, Ending.SIGNED_OUT);
    }

    @Benchmark
    public void springSignOut(SignedIn client) {
        spring.end(client.springId);
    }

    /** The first check of a session after all nodes were stopped. */
    @Benchmark
    public Object restore(Lost session) {
        return OurSessions.check(keeper, session.token);
    }
}
