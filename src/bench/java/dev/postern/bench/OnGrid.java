package dev.postern.bench;

import com.hazelcast.map.IMap;
import dev.postern.session.LiveSession;
import dev.postern.session.SessionKeeper;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What both clusters are measured by: a check on a node whose sessions are those of a thousand users. */
@State(Scope.Benchmark)
public abstract class OnGrid {

    private static final int USERS = 1000;

    private MemberCluster cluster;
    private SessionKeeper strict;
    private SessionKeeper leased;
    private SessionKeeper sealed;
    private SessionKeeper sealedLeased;
    private IMap<String, Object> map;
    private IMap<String, Object> copiedMap;
    private SpringSessions spring;
    private Cycle<String> tokens;
    private Cycle<String> sealedTokens;
    private Cycle<String> keys;
    private Cycle<String> springIds;

    abstract int members();

    /** Which of the rows, by their owner. */
    abstract Predicate<String> rows(MemberCluster of);

    @Setup(Level.Trial)
    public void begin() {
        cluster = MemberCluster.of(members());
        OurSessions ours = OurSessions.plain(cluster);
        OurSessions oursSealed = OurSessions.sealed(cluster);
        strict = ours.strict();
        leased = ours.leased();
        sealed = oursSealed.strict();
        sealedLeased = oursSealed.leased();
        map = ours.map();
        copiedMap = cluster.hazelcast().getMap("copied");
        List<LiveSession> sessions = shuffled(ours.fill(USERS));
        tokens = new Cycle<>(tokens(sessions));
        keys = new Cycle<>(sessions.stream()
                .map(session -> session.key().text())
                .filter(rows(cluster))
                .toList());
        sessions.forEach(session ->
                copiedMap.set(session.key().text(), map.get(session.key().text())));
        sealedTokens = new Cycle<>(tokens(shuffled(oursSealed.fill(USERS))));
        spring = SpringSessions.on(cluster);
        springIds =
                new Cycle<>(spring.fill(USERS).stream().filter(rows(cluster)).toList());
    }

    private List<String> tokens(List<LiveSession> sessions) {
        return sessions.stream()
                .filter(session -> rows(cluster).test(session.key().text()))
                .map(session -> session.token().reveal())
                .toList();
    }

    private static <T> List<T> shuffled(List<T> all) {
        List<T> shuffled = new ArrayList<>(all);
        Collections.shuffle(shuffled, new Random(1));
        return shuffled;
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
        return OurSessions.check(leased, tokens.next());
    }

    @Benchmark
    public Object sealedStrict() {
        return OurSessions.check(sealed, sealedTokens.next());
    }

    @Benchmark
    public Object sealedLeased() {
        return OurSessions.check(sealedLeased, sealedTokens.next());
    }

    @Benchmark
    public Object rawGet() {
        return there(map.get(keys.next()));
    }

    @Benchmark
    public Object rawNearGet() {
        return there(copiedMap.get(keys.next()));
    }

    private static Object there(@Nullable Object row) {
        if (row == null) {
            throw new IllegalStateException("A row that stands was not found.");
        }
        return row;
    }

    @Benchmark
    public Object springFind() {
        return spring.find(springIds.next());
    }

    @Benchmark
    public Object springPerRequest() {
        return spring.perRequest(springIds.next());
    }
}
