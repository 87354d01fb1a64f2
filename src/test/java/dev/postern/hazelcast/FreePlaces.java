package dev.postern.hazelcast;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Places for members, on ports that are free. None of them is a port that the system gives to outgoing connections
 * (from 32768 on Linux, from 49152 after RFC 6335): a connection of one member could take the place of the next.
 */
final class FreePlaces {

    private static final int FIRST = 20_000;
    private static final int COUNT = 12_000;
    private static final AtomicInteger NEXT =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(COUNT));

    private FreePlaces() {}

    /** So many places, all of them different. */
    static List<MemberAddress> on(String host, int count) {
        return Stream.generate(() -> on(host)).limit(count).toList();
    }

    static MemberAddress on(String host) {
        return new MemberAddress(host, port(address(host)));
    }

    private static int port(InetAddress address) {
        for (int tried = 0; tried < COUNT; tried++) {
            int port = FIRST + Math.floorMod(NEXT.getAndIncrement(), COUNT);
            if (isFree(address, port)) {
                return port;
            }
        }
        throw new IllegalStateException("no port of " + address + " from " + FIRST + " is free");
    }

    private static boolean isFree(InetAddress address, int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(address, port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static InetAddress address(String host) {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new UncheckedIOException(e);
        }
    }
}
