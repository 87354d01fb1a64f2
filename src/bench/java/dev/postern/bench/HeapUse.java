package dev.postern.bench;

import dev.postern.session.SessionKeeper;
import dev.postern.session.lease.SessionCopies;
import dev.postern.session.listing.ListedSession;
import dev.postern.session.listing.UserSessions;
import java.lang.management.ManagementFactory;
import java.util.List;

/**
 * How many bytes of the heap a session takes in a member that owns it, its place in the index included, and in one that keeps a backup:
 * what is in use after a full collection with many sessions, less what was in use without, divided by their number. Prints a line for
 * each kind. Only owned rows are indexed.
 *
 * <p>For one thread, in a JVM of its own.
 */
final class HeapUse {

    private static final int COLLECTIONS = 4;
    private static final int WARM_UP = 10_000;
    /** A collection that takes longer than a lease ends it, and the copies with it. */
    private static final int ATTEMPTS = 10;

    private final MemberCluster cluster = MemberCluster.of(1);
    private final int sessions;

    /** What a session takes, and what its tombstone takes after that in the same place. */
    private record Sizes(long session, long tombstone) {

        void report(String kind) {
            print(kind, session);
            print(kind + "'s tombstone", tombstone);
        }

        Sizes minus(Sizes other) {
            return new Sizes(session - other.session, tombstone - other.tombstone);
        }

        Sizes meanWithTwo(Sizes backup) {
            return new Sizes((session + 2 * backup.session) / 3, (tombstone + 2 * backup.tombstone) / 3);
        }
    }

    private HeapUse(int sessions) {
        this.sessions = sessions;
    }

    public static void main(String[] args) {
        HeapUse use = new HeapUse(Integer.parseInt(args[0]));
        OurSessions plain = OurSessions.plain(use.cluster);
        use.warmUp(plain);
        Sizes owned = use.of(plain);
        owned.report("session");
        use.of(OurSessions.sealed(use.cluster)).report("sealed session");
        print("copy", use.ofCopies(plain));
        use.ofSpring();
        use.cluster.join();
        use.warmUp(plain);
        Sizes backup = use.of(plain).minus(owned);
        backup.report("backup of a session");
        owned.meanWithTwo(backup).report("mean of three copies of a session");
        use.cluster.close();
    }

    /** What the first sessions bring about, classes and buffers for instance, is none of theirs. */
    private void warmUp(OurSessions ours) {
        ours.fill(WARM_UP);
        ours.map().clear();
    }

    private Sizes of(OurSessions ours) {
        long before = used();
        ours.fill(sessions);
        long alive = perSession(before);
        UserSessions userSessions = ours.strict().userSessions();
        for (int user = 0; user < sessions; user++) {
            end(userSessions, OurSessions.name(user));
        }
        long ended = perSession(before);
        ours.map().clear();
        return new Sizes(alive, ended);
    }

    private static void end(UserSessions userSessions, String user) {
        for (ListedSession session : userSessions.of(user)) {
            if (!userSessions.end(user, session.handle())) {
                throw new IllegalStateException("A session that was listed was not alive.");
            }
        }
    }

    /** What a node keeps besides, for a session that it accepts by a copy. */
    private long ofCopies(OurSessions ours) {
        List<String> tokens = ours.fill(sessions).stream()
                .map(session -> session.token().reveal())
                .toList();
        long before = used();
        try (SessionCopies copies = ours.copies(sessions)) {
            SessionKeeper leased = ours.with(copies);
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                tokens.forEach(token -> OurSessions.check(leased, token));
                System.gc();
                long copy = (inUse() - before) / sessions;
                if (copies.size() == sessions) {
                    ours.map().clear();
                    return copy;
                }
            }
        }
        throw new IllegalStateException("The copies did not stay.");
    }

    private void ofSpring() {
        SpringSessions spring = SpringSessions.on(cluster);
        long before = used();
        spring.fill(sessions);
        print("Spring session", perSession(before));
        SpringSessions.clear(cluster);
    }

    private long perSession(long before) {
        return (used() - before) / sessions;
    }

    private static void print(String kind, long bytes) {
        System.out.println(kind + "\t" + bytes);
    }

    private static long used() {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        return inUse();
    }

    private static long inUse() {
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
