package dev.postern.hazelcast;

import java.util.ArrayList;
import java.util.List;

/**
 * Where a member of the cluster listens: a host name or an IPv4 address, and a port from 1 to 65535.
 *
 * <p>Immutable.
 */
public record MemberAddress(String host, int port) {

    private static final int DEFAULT_PORT = 5701;

    public MemberAddress {
        if (!host.matches("[A-Za-z0-9._-]+")) {
            throw new IllegalArgumentException("'" + host + "' is neither a host name nor an IPv4 address");
        }
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("a port is a number from 1 to 65535, not " + port);
        }
    }

    /**
     * Reads {@code host:port} pairs with a comma between. Without a port it is 5701, Hazelcast's own. IPv6 addresses need
     * a Hazelcast file.
     *
     * @throws IllegalArgumentException saying which entry is wrong
     */
    public static List<MemberAddress> parse(String list) {
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

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
