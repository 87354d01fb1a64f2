package dev.postern.demo.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ServerCommandTest {

    @Test
    void payaraNodesListBothMembersOnNeighbouringPorts() {
        PayaraMicro server = new PayaraMicro(Path.of("payara.jar"));

        assertThat(server.command(run(server), 2))
                .containsSequence("--port", "9081")
                .containsSequence("--clustermode", "tcpip:127.0.0.1:7000,127.0.0.1:7001")
                .containsSequence("--interfaces", "127.0.0.1")
                .contains("-Dhazelcast.socket.bind.any=false", "--nohostaware");
    }

    @Test
    void wildFlyNodesLeaveTwoPortsBetweenMembers() {
        WildFlyNodeServer server = new WildFlyNodeServer(Path.of("wildfly"));

        assertThat(server.command(run(server), 2))
                .contains(
                        "-Djboss.socket.binding.port-offset=1001",
                        "-Dpostern.cache.members=127.0.0.1:7000,127.0.0.1:7003",
                        "-Djboss.node.name=node-2");
    }

    private static DemoRun run(NodeServer server) {
        return new DemoRun(
                Path.of("demo.war"),
                Path.of("run"),
                Path.of("server-config"),
                new DemoPorts(9080, 7000, server.gridStep()));
    }
}
