package dev.postern.it;

import java.nio.file.Path;

/**
 * What the build tells the tests: which server, which jars, how many rounds. Every value is a system property: those of {@code pom.xml},
 * those of a file in {@code src-it/rounds}, and the ports, which {@link Ports} finds.
 *
 * <p>Immutable.
 */
public final class Rig {

    public static final String NODE_A = "node-a";
    public static final String NODE_B = "node-b";

    /** The node of the applications in {@code it.guest}. */
    public static final String GUESTS = "guests";

    private Rig() {}

    public static boolean onWildFly() {
        return value("it.server").equals("wildfly");
    }

    public static boolean onPayaraMicro() {
        return value("it.server").equals("payara") || isPayara7();
    }

    public static boolean onGlassFish() {
        return value("it.server").equals("glassfish");
    }

    public static boolean onOpenLiberty() {
        return value("it.server").equals("open-liberty");
    }

    /** Whether it is Payara 7; the other one is Payara 6. */
    public static boolean isPayara7() {
        return value("it.server").equals("payara-7");
    }

    /** Whether the server has a Hazelcast, and makes the grid; else the application does. */
    public static boolean hasGrid() {
        return value("it.server").startsWith("payara");
    }

    /** Whether the server has MicroProfile Health. */
    public static boolean hasHealth() {
        return hasGrid() || onOpenLiberty();
    }

    /** The HTTP port of a node of the server under test. */
    public static int httpPort(String node) {
        return number(portOf(node, "port"));
    }

    /** The port on which the Hazelcast member of a node listens. */
    public static int memberPort(String node) {
        return number(portOf(node, "member"));
    }

    /** The system property that has a port of a node of the server under test. */
    public static String portOf(String node, String port) {
        return "it." + (onWildFly() ? "wildfly" : "payara") + "." + node + "." + port;
    }

    /** The Hazelcast members of both nodes. */
    public static String members() {
        return "127.0.0.1:" + memberPort(NODE_A) + ",127.0.0.1:" + memberPort(NODE_B);
    }

    /** A file of {@code server-config}, as it stands. */
    public static Path serverConfig(String file) {
        return path("it.root").resolve("server-config").resolve(file);
    }

    public static Path path(String property) {
        return Path.of(value(property));
    }

    public static int number(String property) {
        return Integer.parseInt(value(property));
    }

    public static String value(String property) {
        String value = System.getProperty(property);
        if (value == null) {
            throw new IllegalStateException("The build did not set " + property
                    + ". Run a test of the server with Maven once (src/docs/project/testing.md).");
        }
        return value;
    }
}
