package dev.postern.demo.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The ports of the two nodes: for HTTP, by default 8080 and 8081, and for Hazelcast, by default 6900 and a higher one.
 * Immutable.
 *
 * @param gridStep how far the second Hazelcast port is from the first
 */
record DemoPorts(int firstHttp, int firstGrid, int gridStep) {

    private static final String HTTP = "desk.port";
    private static final String GRID = "desk.grid-port";
    private static final int MILLIS_TO_ANSWER = 500;

    static DemoPorts fromSystemProperties(int gridStep) {
        return new DemoPorts(Integer.getInteger(HTTP, 8080), Integer.getInteger(GRID, 6900), gridStep);
    }

    List<Integer> http() {
        return List.of(firstHttp, firstHttp + 1);
    }

    List<Integer> grid() {
        return List.of(firstGrid, firstGrid + gridStep);
    }

    /** The origins of the nodes' pages. */
    List<String> origins() {
        return http().stream().map(port -> "http://localhost:" + port).toList();
    }

    /** The ports with commas between them; each with the prefix. */
    static String listed(List<Integer> ports, String prefix) {
        return ports.stream().map(port -> prefix + port).collect(Collectors.joining(","));
    }

    /** Throws when another program has one of the ports. */
    void checkFree() {
        http().forEach(port -> checkFree(port, HTTP));
        grid().forEach(port -> checkFree(port, GRID));
    }

    private static void checkFree(int port, String property) {
        if (isTaken(port)) {
            throw new DemoException("port " + port + " is taken by another program."
                    + " Stop that program, or choose another port with -D" + property
                    + "=<port>; ports above it are used as well.");
        }
    }

    private static boolean isTaken(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            return true;
        }
        return isAnswered(port);
    }

    /** A program that listens on IPv6 alone would not be in our way, but in the browser's. */
    private static boolean isAnswered(int port) {
        try {
            return Stream.of(InetAddress.getAllByName("localhost")).anyMatch(address -> isAnswered(address, port));
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static boolean isAnswered(InetAddress address, int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), MILLIS_TO_ANSWER);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
