package dev.postern.hazelcast;

import dev.postern.hazelcast.setup.FreePlaces;
import dev.postern.hazelcast.setup.MemberAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * The network between members in one JVM: all their traffic goes through here, and can be cut. Each member has an
 * address of its own on the loopback device, 127.0.0.11 and up, by which it is known, and another one on which it
 * really listens. Where the machine has no such addresses there are no wires.
 *
 * <p>Safe for concurrent use.
 */
final class Wires implements AutoCloseable {

    private static final int FIRST = 11;

    private final List<Plug> plugs;
    private final Set<Set<Integer>> cut = ConcurrentHashMap.newKeySet();
    private final Set<Set<Integer>> held = ConcurrentHashMap.newKeySet();
    private final Set<Wire> open = ConcurrentHashMap.newKeySet();

    Wires(int members) {
        this.plugs =
                java.util.stream.IntStream.range(0, members).mapToObj(Plug::new).toList();
        plugs.forEach(plug -> start("wires-to-" + plug.member, () -> accept(plug)));
    }

    /** Where a member listens, and where the others find it. */
    private static final class Plug {
        private final int member;
        private final ServerSocket socket;
        private final int ownPort;

        Plug(int member) {
            this.member = member;
            this.ownPort = FreePlaces.on(host(member)).port();
            try {
                this.socket = new ServerSocket();
                socket.bind(new InetSocketAddress(InetAddress.getByName(host(member)), 0));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** One connection: both its ends. */
    private record Wire(Set<Integer> ends, Socket one, Socket other) {
        void close() {
            try (one;
                    other) {
                assert !ends.isEmpty();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The address that is a member's own, and from which it speaks. */
    static String host(int member) {
        return "127.0.0." + (FIRST + member);
    }

    int ownPort(int member) {
        return plugs.get(member).ownPort;
    }

    /** Where the others find the member. */
    MemberAddress place(int member) {
        return new MemberAddress(host(member), plugs.get(member).socket.getLocalPort());
    }

    void cut(int one, int other) {
        Set<Integer> ends = Set.of(one, other);
        cut.add(ends);
        open.stream().filter(wire -> wire.ends.equals(ends)).forEach(Wire::close);
    }

    void restore(int one, int other) {
        cut.remove(Set.of(one, other));
    }

    /** From now on nothing comes through, and neither end notices. */
    void hold(int one, int other) {
        held.add(Set.of(one, other));
    }

    /** Lets through what was held. */
    void release(int one, int other) {
        held.remove(Set.of(one, other));
    }

    @Override
    public void close() {
        held.clear();
        plugs.forEach(plug -> {
            try {
                plug.socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        open.forEach(Wire::close);
    }

    private void accept(Plug plug) {
        while (!plug.socket.isClosed()) {
            try {
                connect(plug, plug.socket.accept());
            } catch (IOException e) {
                assert plug.socket.isClosed() : e;
            }
        }
    }

    /** A member that does not listen yet hangs up, and so does one that has been cut off. */
    private void connect(Plug plug, Socket caller) throws IOException {
        Set<Integer> ends = Set.copyOf(List.of(caller.getInetAddress().getAddress()[3] - FIRST, plug.member));
        Socket called = new Socket();
        try {
            called.connect(new InetSocketAddress(host(plug.member), plug.ownPort));
        } catch (ConnectException e) {
            caller.close();
            return;
        }
        Wire wire = new Wire(ends, caller, called);
        open.add(wire);
        start("wire-" + ends, () -> pump(wire, caller, called));
        start("wire-" + ends, () -> pump(wire, called, caller));
        if (cut.contains(ends)) {
            wire.close();
        }
    }

    private void pump(Wire wire, Socket from, Socket to) {
        try (wire.one;
                wire.other) {
            from.setTcpNoDelay(true);
            byte[] bytes = new byte[8192];
            for (int read = read(wire, from, bytes); read >= 0; read = read(wire, from, bytes)) {
                to.getOutputStream().write(bytes, 0, read);
            }
        } catch (IOException e) {
            assert from.isClosed() || to.isClosed() || wire.one.isClosed() || wire.other.isClosed() : e;
        } finally {
            open.remove(wire);
        }
    }

    private int read(Wire wire, Socket from, byte[] bytes) throws IOException {
        int read = from.getInputStream().read(bytes);
        while (held.contains(wire.ends)) {
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
        return read;
    }

    private static void start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }
}
