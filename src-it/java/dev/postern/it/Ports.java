package dev.postern.it;

import dev.postern.it.rig.node.KeptServer;
import dev.postern.testing.FreePorts;
import java.util.List;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Finds free ports for the nodes before the first test, so that two builds on one machine do not meet. {@link Rig} reads them as system properties; one
 * that is set already stays.
 */
public final class Ports implements LauncherSessionListener {

    /** The standard ports of WildFly, which are moved up together. */
    private static final int[] WILDFLY = {8080, 9990, 8443, 9993, 8009, 4712, 4713};

    /** Where others look for a member. */
    private static final int OF_A_MEMBER = 3;

    /** HTTP, and what GlassFish needs besides: administration, beans from afar, and messages. */
    private static final int OF_A_SERVER = 4;

    private static final int NODES_UNDER_LOAD = 3;
    private static final int BETWEEN_THEM = 10;

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        for (String node : List.of(Rig.NODE_A, Rig.NODE_B, Rig.GUESTS)) {
            if (System.getProperty("it.server") != null && System.getProperty("it.servers") != null) {
                KeptServer.adopt(node);
            }
            set("it.payara." + node + ".port", FreePorts.inARow(OF_A_SERVER));
            set("it.payara." + node + ".member", FreePorts.inARow(OF_A_MEMBER));
            set("it.wildfly." + node + ".port", WILDFLY[0] + FreePorts.offset(WILDFLY));
            set("it.wildfly." + node + ".member", FreePorts.inARow(OF_A_MEMBER));
        }
        set("it.cluster.port", FreePorts.inARow(NODES_UNDER_LOAD));
        set("it.cluster.member", FreePorts.inARow(NODES_UNDER_LOAD));
        set("it.cluster.offset", FreePorts.offset(ofAllUnderLoad()));
        set("it.faults.port", FreePorts.inARow(NODES_UNDER_LOAD));
    }

    /** Each node is so much further up than the one before. */
    private static int[] ofAllUnderLoad() {
        int[] ports = new int[NODES_UNDER_LOAD * WILDFLY.length];
        for (int i = 0; i < ports.length; i++) {
            ports[i] = WILDFLY[i % WILDFLY.length] + BETWEEN_THEM * (i / WILDFLY.length);
        }
        return ports;
    }

    private static void set(String property, int value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, Integer.toString(value));
        }
    }
}
