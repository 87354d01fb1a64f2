package dev.postern.hazelcast;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Finds out whether a port that is open is one of a Hazelcast member. */
final class MemberProbe {

    private static final int CONNECT_MILLIS = 250;
    private static final int ANSWER_MILLIS = 1000;

    /** With these letters a member begins a connection, and answers one. */
    private static final byte[] GREETING = "HZC".getBytes(StandardCharsets.US_ASCII);

    private MemberProbe() {}

    /**
     * True if the port accepts a connection and does not answer as Hazelcast does: with other letters, or with none for
     * a second. A member that is frozen looks the same. False if nothing listens.
     */
    static boolean findsSomethingElse(MemberAddress member) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(member.host(), member.port()), CONNECT_MILLIS);
            return !isGreeted(socket);
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * A member that takes another protocol than this answers with letters of its own, of which the first two are the
     * same.
     */
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
