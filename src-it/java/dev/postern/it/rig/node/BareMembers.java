package dev.postern.it.rig.node;

import dev.postern.it.Leftovers;
import dev.postern.it.rig.net.Network;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Starts bare members on a network, which write their logs into that directory.
 *
 * <p>Immutable.
 */
record BareMembers(Network network, MemberSettings settings, Path logs) implements Launcher {

    /** Small and quick to start. At SIGTERM no application stops the member. Everything else is as the product has it. */
    private static final List<String> JVM = QuickJvm.with(
            "-Xmx256m",
            "-Djava.net.preferIPv4Stack=true",
            "-Dhazelcast.partition.count=31",
            "-Dhazelcast.shutdownhook.enabled=true",
            "-Dhazelcast.logging.type=jdk");

    @Override
    public Node start(String node, List<String> jvm, Consumer<String> watcher) throws IOException {
        List<String> command = new ArrayList<>(network.at(node));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        int place = command.size();
        command.addAll(JVM);
        command.add(Leftovers.mark());
        command.addAll(jvm);
        command.addAll(settings.arguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), BareMember.class.getName()));
        command.addAll(place, SharedClasses.options(command, place));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(
                        logs.resolve("node-" + node + ".log").toFile()))
                .start();
        return new PipeNode(node, process, watcher);
    }

    @Override
    public void close() {
        network.close();
    }
}
