package dev.postern.demo.cluster;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** How one of the two nodes is started. Immutable. */
record NodeCommand(int number, DemoPorts ports, NodeFiles files) {

    int port() {
        return ports.http().get(number - 1);
    }

    Path log() {
        return files.directory().resolve("node-" + number + ".log");
    }

    List<String> words() {
        return Stream.of(
                        Stream.of(Path.of(System.getProperty("java.home"), "bin", "java")
                                .toString()),
                        javaOptions(),
                        Stream.of("-jar", files.server().toString()),
                        serverOptions())
                .flatMap(part -> part)
                .toList();
    }

    private Stream<String> javaOptions() {
        Stream<String> own = Stream.of(
                "-Xmx512m",
                "-Djava.net.preferIPv4Stack=true",
                "-Dhazelcast.phone.home.enabled=false",
                // Without it the data grid listens on every interface, whatever --interfaces says.
                "-Dhazelcast.socket.bind.any=false",
                "-Dh2.bindAddress=127.0.0.1",
                "-Ddesk.database=" + files.database(),
                "-Ddesk.nodes=" + DemoPorts.listed(ports.http(), ""));
        return Stream.concat(own, settings());
    }

    /** Settings of Postern that were given to Maven. */
    private static Stream<String> settings() {
        return System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith("postern."))
                .sorted()
                .map(name -> "-D" + name + "=" + System.getProperty(name));
    }

    private Stream<String> serverOptions() {
        return Stream.of(
                "--deploy",
                files.application().toString(),
                "--contextroot",
                "/",
                "--port",
                Integer.toString(port()),
                "--name",
                "node-" + number,
                "--clustername",
                "postern-demo",
                "--clustermode",
                "tcpip:" + DemoPorts.listed(ports.grid(), "127.0.0.1:"),
                "--startport",
                Integer.toString(ports.firstGrid()),
                "--interfaces",
                "127.0.0.1",
                // Both nodes share a host, and by default no copy of a session stays on the host of its owner.
                "--nohostaware",
                "--rootdir",
                files.directory().resolve("node-" + number).toString(),
                "--prebootcommandfile",
                files.loopbackOnly().toString(),
                "--disablephonehome");
    }
}
