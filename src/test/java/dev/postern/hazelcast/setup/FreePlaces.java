package dev.postern.hazelcast.setup;

import dev.postern.testing.FreePorts;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Addresses for members, with free ports. None of them is a port that the system gives to outgoing connections
 * (from 32768 on Linux, from 49152 after RFC 6335): a connection of one member could take the port of the next.
 */
public final class FreePlaces {

    private FreePlaces() {}

    /** So many different addresses. */
    public static List<MemberAddress> on(String host, int count) {
        return Stream.generate(() -> on(host)).limit(count).toList();
    }

    /** So many addresses with consecutive ports. */
    public static List<MemberAddress> inRow(String host, int count) {
        return Stream.generate(() -> on(host))
                .map(first -> IntStream.range(0, count)
                        .mapToObj(index -> new MemberAddress(host, first.port() + index))
                        .toList())
                .filter(row -> new LocalMembers(row).free().containsAll(row))
                .findFirst()
                .orElseThrow();
    }

    public static MemberAddress on(String host) {
        return new MemberAddress(host, FreePorts.next(address(host)));
    }

    private static InetAddress address(String host) {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new UncheckedIOException(e);
        }
    }
}
