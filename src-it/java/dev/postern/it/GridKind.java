package dev.postern.it;

import java.nio.file.Path;
import java.util.Map;

/**
 * How the two nodes become one grid.
 *
 * <p>Immutable.
 */
enum GridKind {
    /** As a user begins: Postern's own list of members on WildFly, the server's own flags on Payara Micro. */
    PLAIN {
        @Override
        TestWar settingsOf(TestWar war) {
            return war.setting("postern.cache.members", Rig.members());
        }

        @Override
        String flags(String node) {
            return "--clustername postern-it --clustermode tcpip:" + Rig.members() + " --startport "
                    + Rig.memberPort(node) + " --interfaces 127.0.0.1 --nohostaware --systemproperties "
                    + Rig.serverConfig("payara/micro.properties");
        }
    },
    /** As the hardened file says, which protects the map: one node alone is no majority. */
    HARDENED {
        @Override
        TestWar settingsOf(TestWar war) {
            return war.setting("postern.cache.config", FILE.toString());
        }

        @Override
        String flags(String node) {
            return "--hzconfigfile " + FILE;
        }
    };

    private static final Path FILE = Rig.serverConfig("hazelcast/postern.xml");

    /** The settings with which an application on WildFly joins the grid. On Payara the server has joined it already. */
    abstract TestWar settingsOf(TestWar war);

    /** The flags with which Payara Micro makes the grid. */
    abstract String flags(String node);

    TestWar in(TestWar war) {
        return Rig.onWildFly() ? settingsOf(war) : war;
    }

    /** What is particular to the node of Payara Micro. The rest stands in {@code arquillian.xml}. */
    Map<String, String> payaraMicro(String node) {
        return Map.of(
                "extraMicroOptions",
                String.join(
                        " ",
                        "--contextroot /",
                        "--port " + Rig.httpPort(node),
                        "--name " + node,
                        "--prebootcommandfile " + Rig.path("it.test-classes").resolve("loopback.asadmin"),
                        "--logtofile " + Rig.path("it.servers").resolve(node + ".log"),
                        flags(node)));
    }
}
