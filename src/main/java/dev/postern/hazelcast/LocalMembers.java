package dev.postern.hazelcast;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Finds this machine in a list of members, so that the same list can be given to all nodes, whether they share a machine or
 * not.
 *
 * <p>Immutable.
 */
record LocalMembers(List<MemberAddress> members) {

    /** The entries whose host is this machine, in the order of the list, with the numeric address for a name. */
    List<MemberAddress> local() {
        return members.stream().flatMap(LocalMembers::local).toList();
    }

    /** Those of them whose port nobody listens on at this moment. */
    List<MemberAddress> free() {
        return local().stream().filter(LocalMembers::isFree).toList();
    }

    /** A name that cannot be resolved now is somebody else's. */
    private static Stream<MemberAddress> local(MemberAddress member) {
        try {
            return Arrays.stream(InetAddress.getAllByName(member.host()))
                    .filter(address -> address instanceof Inet4Address && isOurs(address))
                    .map(address -> new MemberAddress(address.getHostAddress(), member.port()));
        } catch (UnknownHostException e) {
            return Stream.empty();
        }
    }

    private static boolean isOurs(InetAddress address) {
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
}
