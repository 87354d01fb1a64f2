package dev.postern.demo.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Payara Micro, with the flags for two nodes on one machine. Immutable.
 *
 * @param jar the server
 */
record PayaraMicro(Path jar) implements NodeServer {

    @Override
    public int gridStep() {
        return 1;
    }

    @Override
    public String startedMarker() {
        return ") ready in ";
    }

    @Override
    public void prepare(DemoRun run) throws IOException {
        // The passwords are public, so the nodes are kept away from the network.
        Files.writeString(
                loopbackOnly(run),
                "set configs.config.server-config.network-config.network-listeners.network-listener.http-listener"
                        + ".address=127.0.0.1\n");
    }

    @Override
    public List<String> command(DemoRun run, int number) {
        return List.of(
                // Without it Hazelcast listens on every interface, in spite of --interfaces.
                "-Dhazelcast.socket.bind.any=false",
                "-jar",
                jar.toString(),
                "--deploy",
                run.application().toString(),
                "--contextroot",
                "/",
                "--port",
                Integer.toString(run.port(number)),
                "--name",
                "node-" + number,
                "--clustername",
                "postern-demo",
                "--clustermode",
                "tcpip:" + DemoPorts.listed(run.ports().grid(), "127.0.0.1:"),
                "--startport",
                Integer.toString(run.ports().firstGrid()),
                "--interfaces",
                "127.0.0.1",
                // Both nodes share a host, and by default no copy of a session stays on the host of its owner.
                "--nohostaware",
                "--systemproperties",
                run.serverConfig().resolve("payara/micro.properties").toString(),
                "--rootdir",
                run.nodeDirectory(number).toString(),
                "--prebootcommandfile",
                loopbackOnly(run).toString(),
                "--disablephonehome");
    }

    private static Path loopbackOnly(DemoRun run) {
        return run.directory().resolve("loopback-only.txt");
    }
}
