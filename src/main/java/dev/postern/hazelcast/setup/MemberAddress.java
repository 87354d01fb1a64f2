package dev.postern.hazelcast.setup;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The address of a member: a host name or an IPv4 address, and a port from 1 to 65535.
 *
 * <p>Immutable.
 *
 * @param isService whether the host is a DNS name that stands for all members
 */
public record MemberAddress(String host, int port, boolean isService) {

    private static final int DEFAULT_PORT = 5701;
    private static final int HIGHEST_PORT = 65_535;
    private static final String SERVICE = "dns:";

    /** How many ports above its own are tried too, for further applications of one server with a member each. */
    private static final int SPARE_PORTS = 2;

    public MemberAddress {
        if (!host.matches("[A-Za-z0-9._-]+")) {
            throw new IllegalArgumentException("'" + host + "' is neither a host name nor an IPv4 address");
        }
        if (port < 1 || port > HIGHEST_PORT) {
            throw new IllegalArgumentException("a port is a number from 1 to 65535, not " + port);
        }
    }

    /** One member. */
    public MemberAddress(String host, int port) {
        this(host, port, false);
    }

    /**
     * Reads a comma-separated list of {@code host:port}, or the name of a service, {@code dns:name:port}. The default
     * port is 5701, Hazelcast's own. IPv6 addresses need a Hazelcast file.
     *
     * @throws IllegalArgumentException which names the wrong entry
     */
    public static List<MemberAddress> parse(String list) {
        String text = list.strip();
        if (text.startsWith(SERVICE)) {
            MemberAddress service = one(text.substring(SERVICE.length()).strip());
            return List.of(new MemberAddress(service.host, service.port, true));
        }
        List<MemberAddress> members = new ArrayList<>();
        for (String entry : list.split(",", -1)) {
            members.add(one(entry.strip()));
        }
        return List.copyOf(members);
    }

    private static MemberAddress one(String entry) {
        int colon = entry.indexOf(':');
        if (colon < 0) {
            return new MemberAddress(entry, DEFAULT_PORT);
        }
        String port = entry.substring(colon + 1);
        if (!port.matches("\\d{1,5}")) {
            throw new IllegalArgumentException("'" + entry + "' is not host:port");
        }
        return new MemberAddress(entry.substring(0, colon), Integer.parseInt(port));
    }

    /** This address and those with the ports above it. */
    Stream<MemberAddress> withSpares() {
        return IntStream.rangeClosed(port, Math.min(port + SPARE_PORTS, HIGHEST_PORT))
                .mapToObj(each -> new MemberAddress(host, each));
    }

    /** Whether the host is an address, not a name. */
    boolean isNumeric() {
        return host.matches("[0-9.]+");
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
