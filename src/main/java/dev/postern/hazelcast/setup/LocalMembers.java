package dev.postern.hazelcast.setup;

import dev.postern.PosternException;
import dev.postern.session.concurrent.Deadline;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds this machine in a list of members, so that all nodes can have the same list, also nodes on one machine.
 *
 * <p>Immutable.
 */
public record LocalMembers(List<MemberAddress> members, Names names) {

    private static final Logger LOG = System.getLogger(LocalMembers.class.getName());

    private static final String FILE =
            " or give a Hazelcast file (postern.cache.config), for which server-config/hazelcast/postern.xml and"
                    + " kubernetes.xml are examples.";

    /** With the name resolution of the machine. */
    public LocalMembers(List<MemberAddress> members) {
        this(members, InetAddress::getAllByName);
    }

    /** Resolves host names. */
    @FunctionalInterface
    interface Names {
        InetAddress[] addresses(String host) throws UnknownHostException;
    }

    /** The entries whose host is this machine, in the order of the list. Names are resolved to addresses. */
    List<MemberAddress> local() {
        return members.stream().flatMap(this::local).distinct().toList();
    }

    /** The {@link #addresses} at which nothing listens at this moment. */
    List<MemberAddress> free() {
        return addresses().stream().filter(LocalMembers::isFree).toList();
    }

    /**
     * All addresses of this machine: its entries, then the ports above them, for further applications of one server.
     */
    List<MemberAddress> addresses() {
        List<MemberAddress> local = local();
        return Stream.concat(local.stream(), local.stream().flatMap(MemberAddress::withSpares))
                .distinct()
                .toList();
    }

    /**
     * Where members of the cluster may be: the entries of the list, then the ports above them. A port at which
     * something other than Hazelcast answers is left out, because a member that asks there to join waits for minutes.
     */
    public List<MemberAddress> everywhere() {
        List<MemberAddress> listed = members.stream()
                .map(member -> new MemberAddress(member.host(), member.port()))
                .distinct()
                .toList();
        Stream<MemberAddress> spares = listed.stream()
                .flatMap(MemberAddress::withSpares)
                .filter(member -> !listed.contains(member))
                .distinct()
                .filter(member -> !MemberProbe.findsSomethingElse(member));
        return Stream.concat(listed.stream(), spares).toList();
    }

    /**
     * Waits while this machine is not in the list, and DNS does not know a name of the list yet. In containers DNS
     * knows a machine's own name only seconds after the start.
     *
     * @param pause waits between two attempts, and returns if it is interrupted
     * @throws PosternException which says for each entry why it is not this machine
     */
    void await(Deadline deadline, Runnable pause) {
        boolean isReported = false;
        while (local().isEmpty()) {
            List<String> unknown = unknown();
            if (unknown.isEmpty()
                    || deadline.nanosLeft() <= 0
                    || Thread.currentThread().isInterrupted()) {
                throw new PosternException(
                        "None of postern.cache.members " + members + " is an address of this machine: " + reasons()
                                + ". Add its own, name a service (postern.cache.members=dns:name)," + FILE);
            }
            if (!isReported) {
                LOG.log(
                        Level.WARNING,
                        "Hazelcast waits for the names {0} (postern.cache.members), of which one should be this"
                                + " machine''s: DNS does not know them yet.",
                        unknown);
                isReported = true;
            }
            pause.run();
        }
    }

    /** Why none of the entries is this machine. */
    private String reasons() {
        return members.stream().map(this::reason).distinct().collect(Collectors.joining(", "));
    }

    private String reason(MemberAddress member) {
        List<InetAddress> addresses = addresses(member);
        if (addresses.isEmpty()) {
            return member.host() + " is not known to DNS";
        }
        if (addresses.stream().noneMatch(Inet4Address.class::isInstance)) {
            return member.host() + " has IPv6 addresses alone, which need a file";
        }
        String list = addresses.stream().map(InetAddress::getHostAddress).collect(Collectors.joining(" "));
        return member.isNumeric()
                ? member.host() + " is another machine"
                : member.host() + " is " + list + ", another machine or a virtual address";
    }

    private List<String> unknown() {
        return members.stream()
                .filter(member -> addresses(member).isEmpty())
                .map(MemberAddress::host)
                .distinct()
                .toList();
    }

    /**
     * The address of this member, which finds the others by the name of a service. It is the address that DNS lists for
     * the service, else the only one that the machine has.
     *
     * @throws PosternException if the machine has several addresses
     */
    static LocalMembers ofService(MemberAddress service, Names names) {
        LocalMembers named = new LocalMembers(List.of(service), names);
        List<MemberAddress> known = named.local();
        if (!known.isEmpty()) {
            return new LocalMembers(known.subList(0, 1), names);
        }
        List<String> own = ownAddresses();
        if (own.size() != 1) {
            throw new PosternException("This machine has the addresses " + own + ", and DNS knows none of them as "
                    + service.host() + " yet (postern.cache.members): let the service name nodes that are not ready,"
                    + FILE);
        }
        return new LocalMembers(List.of(new MemberAddress(own.get(0), service.port())), names);
    }

    private static List<String> ownAddresses() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
                    .map(InetAddress::getHostAddress)
                    .toList();
        } catch (SocketException e) {
            return List.of();
        }
    }

    private Stream<MemberAddress> local(MemberAddress member) {
        return addresses(member).stream()
                .filter(address -> address instanceof Inet4Address && isLocal(address))
                .map(address -> new MemberAddress(address.getHostAddress(), member.port()));
    }

    /** Empty if DNS does not know the name at this moment. */
    private List<InetAddress> addresses(MemberAddress member) {
        try {
            return Arrays.asList(names.addresses(member.host()));
        } catch (UnknownHostException e) {
            return List.of();
        }
    }

    private static boolean isLocal(InetAddress address) {
        try {
            return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException e) {
            return false;
        }
    }

    private static boolean isFree(MemberAddress member) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(member.host(), member.port()));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Finds out whether a Hazelcast member listens at an open port. */
    static final class MemberProbe {

        private static final int CONNECT_MILLIS = 250;
        private static final int ANSWER_MILLIS = 1000;

        /** A member begins a connection with these letters, and answers with them. */
        private static final byte[] GREETING = "HZC".getBytes(StandardCharsets.US_ASCII);

        private MemberProbe() {}

        /**
         * True if the port accepts a connection and does not answer as Hazelcast does: with other letters, or not
         * within a second. A frozen member looks the same. False if nothing listens.
         */
        static boolean findsSomethingElse(MemberAddress member) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(member.host(), member.port()), CONNECT_MILLIS);
                return !isGreeted(socket);
            } catch (IOException e) {
                return false;
            }
        }

        /** A member that speaks another version of the protocol answers with the same first two letters. */
        private static boolean isGreeted(Socket socket) {
            try {
                socket.setSoTimeout(ANSWER_MILLIS);
                socket.getOutputStream().write(GREETING);
                byte[] answer = socket.getInputStream().readNBytes(2);
                return answer.length == 2 && answer[0] == GREETING[0] && answer[1] == GREETING[1];
            } catch (IOException e) {
                return false;
            }
        }
    }
}
