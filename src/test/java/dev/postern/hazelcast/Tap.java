package dev.postern.hazelcast;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A proxy before a member, which records all traffic in both directions.
 *
 * <p>Safe for concurrent use.
 */
final class Tap implements AutoCloseable {

    private final ServerSocket socket;
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final List<ByteArrayOutputStream> heard = new CopyOnWriteArrayList<>();
    private volatile int target;

    Tap() throws IOException {
        socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    /** The port of the proxy. */
    int port() {
        return socket.getLocalPort();
    }

    /** Forwards to this port from now on. */
    void leadTo(int port) {
        target = port;
    }

    /** The traffic so far, for each direction of each connection. */
    List<byte[]> heard() {
        return heard.stream().map(ByteArrayOutputStream::toByteArray).toList();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket caller = socket.accept();
                Socket called = new Socket(InetAddress.getLoopbackAddress(), target);
                caller.setTcpNoDelay(true); // or each answer waits for the acknowledgement of the one before
                called.setTcpNoDelay(true);
                open.addAll(List.of(caller, called));
                start(() -> pump(caller, called));
                start(() -> pump(called, caller));
            } catch (IOException e) {
                assert socket.isClosed() : e;
            }
        }
    }

    private void pump(Socket from, Socket to) {
        ByteArrayOutputStream record = new ByteArrayOutputStream();
        heard.add(record);
        byte[] buffer = new byte[64 * 1024];
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                record.write(buffer, 0, count);
                out.write(buffer, 0, count);
            }
        } catch (IOException e) {
            assert from.isClosed() || to.isClosed() : e;
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "tap");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            socket.close();
            for (Socket one : open) {
                one.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
