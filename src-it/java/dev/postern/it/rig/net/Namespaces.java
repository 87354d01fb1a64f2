package dev.postern.it.rig.net;

import dev.postern.it.Leftovers;
import dev.postern.it.Shell;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A network of the Linux kernel in namespaces of its own: a bridge in one, each node in another, and a cable from each node to the
 * bridge. Cables can be cut, and one direction between two nodes can be. Needs root. The names carry the rig's process id, so that rigs do not meet, and what a crashed one
 * has left is removed by the next.
 *
 * <p>For one thread.
 */
public final class Namespaces implements Network {

    private static final String PREFIX = "postern-faults-";
    private static final String BRIDGE = "bridge";
    private static final String CABLE = "eth0";
    private static final String SUBNET = "10.97.0.";
    private static final int PORT = 5701;

    private final String own = PREFIX + ProcessHandle.current().pid() + "-";
    private final List<String> nodes;
    private final List<String> made = new ArrayList<>();

    public Namespaces(List<String> nodes) {
        this.nodes = nodes;
        removeLeftovers();
        try {
            make(BRIDGE);
            inside(BRIDGE, "link", "add", "name", BRIDGE, "type", "bridge");
            inside(BRIDGE, "link", "set", "dev", BRIDGE, "up");
            nodes.forEach(this::connect);
        } catch (IllegalStateException e) {
            close();
            throw e;
        }
    }

    private void make(String name) {
        ip("netns", "add", own + name);
        made.add(name);
    }

    /** Whether this machine lets us have any. */
    public static boolean areAvailable() {
        String name = PREFIX + ProcessHandle.current().pid() + "-trial";
        try {
            ip("netns", "add", name);
            ip("netns", "exec", name, "true");
            ip("netns", "delete", name);
            return true;
        } catch (IllegalStateException | UncheckedIOException e) {
            return false;
        }
    }

    private void connect(String node) {
        make(node);
        ip(
                "link",
                "add",
                "name",
                node,
                "netns",
                own + BRIDGE,
                "type",
                "veth",
                "peer",
                "name",
                CABLE,
                "netns",
                own + node);
        inside(BRIDGE, "link", "set", "dev", node, "master", BRIDGE, "up");
        inside(node, "address", "add", address(node) + "/24", "dev", CABLE);
        inside(node, "link", "set", "dev", "lo", "up");
        inside(node, "link", "set", "dev", CABLE, "up");
    }

    /** Pulls the cable of the node. */
    public void cut(String node) {
        inside(BRIDGE, "link", "set", "dev", node, "down");
    }

    /** Plugs it in again. */
    public void mend(String node) {
        inside(BRIDGE, "link", "set", "dev", node, "up");
    }

    /** Loses all that the first node sends to the second one; what the second one sends arrives. */
    public void loseFrom(String node, String receiver) {
        inside(node, "route", "add", "blackhole", address(receiver) + "/32");
    }

    public void loseNoMore(String node, String receiver) {
        inside(node, "route", "delete", "blackhole", address(receiver) + "/32");
    }

    @Override
    public String members() {
        return nodes.stream().map(node -> address(node) + ":" + PORT).collect(Collectors.joining(","));
    }

    @Override
    public List<String> at(String node) {
        return List.of("ip", "netns", "exec", own + node);
    }

    @Override
    public void close() {
        made.forEach(name -> ip("netns", "delete", own + name));
        made.clear();
    }

    private String address(String node) {
        return SUBNET + (nodes.indexOf(node) + 1);
    }

    private void inside(String name, String... command) {
        ip(Stream.concat(Stream.of("-n", own + name), Stream.of(command)).toArray(String[]::new));
    }

    private static String ip(String... command) {
        return Shell.run(Stream.concat(Stream.of("ip"), Stream.of(command)).toList());
    }

    /** Those of rigs that do not run any more. */
    private static void removeLeftovers() {
        Leftovers.remove();
        for (String line : ip("netns", "list").lines().toList()) {
            String name = line.split(" ", 2)[0];
            if (name.startsWith(PREFIX) && !isOfARunningRig(name)) {
                ip("netns", "delete", name);
            }
        }
    }

    private static boolean isOfARunningRig(String name) {
        String pid = name.substring(PREFIX.length()).split("-", 2)[0];
        return ProcessHandle.of(Long.parseLong(pid)).isPresent();
    }
}
