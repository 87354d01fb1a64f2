package dev.postern.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Ports of this machine on which nothing listens, below those that the system gives to outgoing connections. Each is
 * given once in a JVM.
 *
 * <p>Safe for concurrent use.
 */
public final class FreePorts {

    private static final int FIRST = 20_000;
    private static final int COUNT = 12_000;
    private static final AtomicInteger NEXT =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(COUNT));

    private FreePorts() {}

    /** A port that is free on the loopback address. */
    public static int next() {
        return next(InetAddress.getLoopbackAddress());
    }

    /** A port that is free on that address. */
    public static int next(InetAddress address) {
        for (int tried = 0; tried < COUNT; tried++) {
            int port = FIRST + Math.floorMod(NEXT.getAndIncrement(), COUNT);
            if (isFree(address, port)) {
                return port;
            }
        }
        throw new IllegalStateException("no port of " + address + " from " + FIRST + " is free");
    }

    /** The first of so many ports in a row that are free on the loopback address. */
    public static int inARow(int number) {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        for (int tried = 0; tried < COUNT; tried++) {
            int first = FIRST + Math.floorMod(NEXT.getAndAdd(number), COUNT);
            if (IntStream.range(first, first + number).allMatch(port -> isFree(loopback, port))) {
                return first;
            }
        }
        throw new IllegalStateException("no " + number + " ports from " + FIRST + " are free together");
    }

    /** How far all of these ports can be moved up so that each is free on the loopback address. */
    public static int offset(int... ports) {
        for (int tried = 0; tried < COUNT; tried++) {
            int offset = next() - ports[0];
            if (Arrays.stream(ports).map(port -> port + offset).allMatch(FreePorts::isOurs)) {
                return offset;
            }
        }
        throw new IllegalStateException("these ports are free together nowhere: " + Arrays.toString(ports));
    }

    private static boolean isOurs(int port) {
        return port < FIRST + COUNT && isFree(InetAddress.getLoopbackAddress(), port);
    }

    private static boolean isFree(InetAddress address, int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(address, port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
