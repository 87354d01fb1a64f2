package dev.postern.it.rig;

import dev.postern.it.rig.load.Habits;
import dev.postern.it.rig.node.Pace;
import java.time.Duration;

/**
 * What a scenario needs.
 *
 * <p>Immutable.
 *
 * @param name begins with the number of its goal
 * @param pace how fast its sessions age
 * @param minimumMembers how many members make an answer count
 * @param patience how long a client waits for an answer
 * @param perSecond requests of all clients together
 * @param atOnce how many requests may be under way
 */
public record Plan(
        String name, Pace pace, int minimumMembers, Habits habits, Duration patience, int perSecond, int atOnce) {

    private static final Duration WAIT_OF_MEMBERS = Duration.ofSeconds(3);
    /** As long as a server that is frozen or ending may leave a request: its client must not come again meanwhile, as if with a copy. */
    private static final Duration WAIT_OF_SERVERS = Duration.ofSeconds(16);

    private static final int UNBOUNDED = 5000;
    /** A server takes several times as long for a request as a bare member, and a node that starts has to get its turn too. */
    private static final int SHARE_OF_SERVERS = 4;

    /** With the rate of the build, and clients who use their sessions and nothing else. */
    public Plan(String name, Pace pace, int minimumMembers) {
        this(
                name,
                pace,
                minimumMembers,
                Habits.BUSY,
                WAIT_OF_MEMBERS,
                Integer.getInteger("it.faults.rate", 200),
                UNBOUNDED);
    }

    /** For servers, with open nodes. */
    public static Plan ofServers(String name, Habits habits, int perSecond, int atOnce) {
        return new Plan(name, Pace.SERVED, Trial.OPEN, habits, WAIT_OF_SERVERS, perSecond, atOnce);
    }

    /** The same for servers. */
    Plan onServers() {
        return new Plan(name, pace, minimumMembers, habits, WAIT_OF_SERVERS, perSecond / SHARE_OF_SERVERS, UNBOUNDED);
    }

    String namespace() {
        return "faults-" + ProcessHandle.current().pid() + "-" + name;
    }
}
