package dev.postern.it.rig.node;

import dev.postern.it.Rig;
import java.nio.file.Path;
import java.util.List;

/**
 * How an {@link AppServer} is started.
 *
 * <p>Immutable.
 *
 * @param name of the node, and the end of its directory's name
 * @param port where it answers by HTTP
 * @param jvm further options of its JVM
 * @param grid the flags with which Payara Micro makes the grid; WildFly has none by itself
 */
public record AppServerSetUp(String name, int port, List<String> jvm, List<String> grid) {

    Path directory() {
        return Rig.path("it.servers").resolve(Rig.value("it.server") + "-" + name);
    }

    /** The flags of a grid of Payara Micro's own, with members at these addresses. */
    public static List<String> cluster(String name, String members, int member) {
        return List.of(
                "--clustername",
                name,
                "--clustermode",
                "tcpip:" + members,
                "--startport",
                Integer.toString(member),
                "--interfaces",
                "127.0.0.1",
                "--nohostaware",
                "--systemproperties",
                Rig.serverConfig("payara/micro.properties").toString());
    }
}
