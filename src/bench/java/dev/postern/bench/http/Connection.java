package dev.postern.bench.http;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A connection that is kept alive, and costs as little as it can: requests are bytes that were made before, and an answer is read
 * into one buffer and looked at there.
 *
 * <p>For one thread.
 */
final class Connection implements Closeable {

    private static final int MILLIS_TO_ANSWER = 30_000;
    private static final int LONGEST_ANSWER = 16_384;
    private static final byte[] OK = "HTTP/1.1 200".getBytes(StandardCharsets.ISO_8859_1);
    private static final byte[] LENGTH = "content-length:".getBytes(StandardCharsets.ISO_8859_1);

    private final Socket socket;
    private final InputStream in;
    private final byte[] answer = new byte[LONGEST_ANSWER];
    private int end;
    private int body;

    Connection(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(MILLIS_TO_ANSWER);
        in = socket.getInputStream();
    }

    /** Sends the request and waits for all of the answer, which must say how long it is. */
    void ask(byte[] request) throws IOException {
        socket.getOutputStream().write(request);
        end = 0;
        body = 0;
        while (body == 0) {
            readMore();
            body = endOfHead();
        }
        int whole = body + length();
        while (end < whole) {
            readMore();
        }
    }

    /** Whether the last answer is 200 with exactly that body. */
    boolean isOk(byte[] expected) {
        return Arrays.equals(answer, 0, OK.length, OK, 0, OK.length)
                && Arrays.equals(answer, body, end, expected, 0, expected.length);
    }

    private void readMore() throws IOException {
        int read = in.read(answer, end, answer.length - end);
        if (read <= 0) {
            throw new EOFException("The answer broke off: " + answer());
        }
        end += read;
    }

    /** Where the body begins; 0 when the head is not there yet. */
    private int endOfHead() {
        for (int i = 3; i < end; i++) {
            if (answer[i] == '\n' && answer[i - 1] == '\r' && answer[i - 2] == '\n') {
                return i + 1;
            }
        }
        return 0;
    }

    private int length() throws IOException {
        for (int i = 0; i < body; i++) {
            if (answer[i] == '\n' && isLength(i + 1)) {
                return number(i + 1 + LENGTH.length);
            }
        }
        throw new IOException("The answer does not say how long it is: " + answer());
    }

    private boolean isLength(int start) {
        for (int i = 0; i < LENGTH.length; i++) {
            if (Character.toLowerCase(answer[start + i]) != LENGTH[i]) {
                return false;
            }
        }
        return true;
    }

    private int number(int start) {
        int number = 0;
        for (int i = start; answer[i] != '\r'; i++) {
            number = answer[i] == ' ' ? number : number * 10 + answer[i] - '0';
        }
        return number;
    }

    /** The last answer, for a message; it may carry a token of the benchmark's own users. */
    String answer() {
        return new String(answer, 0, end, StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
