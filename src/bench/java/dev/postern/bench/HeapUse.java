package dev.postern.bench;

import dev.postern.session.LivingSession;
import dev.postern.session.Roster;
import java.lang.management.ManagementFactory;

/**
 * How many bytes of the heap a session takes in a member that owns it, its place in the index included: what is in use after a full
 * collection with many sessions, less what was in use without, divided by their number. Prints a line for each kind.
 *
 * <p>For one thread, in a JVM of its own.
 */
final class HeapUse {

    private static final int COLLECTIONS = 4;
    private static final int WARM_UP = 10_000;

    private final Cluster cluster = Cluster.of(1);
    private final int sessions;

    private HeapUse(int sessions) {
        this.sessions = sessions;
    }

    public static void main(String[] args) {
        HeapUse use = new HeapUse(Integer.parseInt(args[0]));
        use.warmUp(OurSessions.plain(use.cluster));
        use.ofSessions("session", OurSessions.plain(use.cluster));
        use.ofSessions("sealed session", OurSessions.sealed(use.cluster));
        use.ofSpring();
        use.cluster.close();
    }

    /** What the first sessions bring about, classes and buffers for instance, is none of theirs. */
    private void warmUp(OurSessions ours) {
        ours.fill(WARM_UP);
        ours.map().clear();
    }

    /** A session, and after that its tombstone, in the same place. */
    private void ofSessions(String kind, OurSessions ours) {
        long before = used();
        ours.fill(sessions);
        report(kind, before);
        Roster roster = ours.strict().roster();
        for (int user = 0; user < sessions; user++) {
            end(roster, OurSessions.name(user));
        }
        report(kind + "'s tombstone", before);
        ours.map().clear();
    }

    private static void end(Roster roster, String user) {
        for (LivingSession session : roster.of(user)) {
            if (!roster.end(user, session.handle())) {
                throw new IllegalStateException("A session that was listed was not alive.");
            }
        }
    }

    private void ofSpring() {
        SpringSessions spring = new SpringSessions(cluster);
        long before = used();
        spring.fill(sessions);
        report("Spring session", before);
    }

    private void report(String kind, long before) {
        System.out.println(kind + "\t" + (used() - before) / sessions);
    }

    private static long used() {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
