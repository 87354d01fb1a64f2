package dev.postern.it;

import dev.postern.it.rig.node.AppServerSetUp;
import java.nio.file.Path;
import java.util.List;

/**
 * How the two nodes become one grid.
 *
 * <p>Immutable.
 */
enum GridKind {
    /** As a user begins: the server's own flags on Payara Micro, elsewhere Postern's own list of members. */
    PLAIN {
        @Override
        TestWar settingsOf(TestWar war) {
            return war.setting("postern.cache.members", Rig.members());
        }

        @Override
        List<String> flags(String node) {
            return AppServerSetUp.cluster("postern-it", Rig.members(), Rig.memberPort(node));
        }
    },
    /** As the hardened file says, which protects the map: one node alone is no majority. */
    HARDENED {
        @Override
        TestWar settingsOf(TestWar war) {
            return war.setting("postern.cache.config", FILE.toString());
        }

        @Override
        List<String> flags(String node) {
            return List.of("--hzconfigfile", FILE.toString());
        }
    };

    private static final Path FILE = Rig.serverConfig("hazelcast/postern.xml");

    /** The settings with which an application joins the grid. On Payara the server has joined it already. */
    abstract TestWar settingsOf(TestWar war);

    /** The flags with which Payara Micro makes the grid. */
    abstract List<String> flags(String node);

    /** Whether a node for one grid does for the other: where the server has no grid, the application makes it. */
    boolean isMadeLike(GridKind other) {
        return !Rig.hasGrid() || this == other;
    }

    TestWar in(TestWar war) {
        return Rig.hasGrid() ? war : settingsOf(war);
    }

    /** The server of a node. What begins with {@code grid} is for the hardened file. */
    AppServerSetUp node(String node) {
        return new AppServerSetUp(
                node,
                Rig.httpPort(node),
                List.of(
                        "-Xmx384m",
                        "-Dhazelcast.wait.seconds.before.join=1",
                        "-Dgrid.cluster=postern-it",
                        "-Dgrid.members=" + Rig.members(),
                        "-Dgrid.interface=127.0.0.1",
                        "-Dgrid.port=" + Rig.memberPort(node),
                        "-Dgrid.majority=2",
                        "-Dgrid.protected=true",
                        "-Dgrid.spread=false"),
                flags(node));
    }
}
