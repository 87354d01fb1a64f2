package dev.postern.it.rig.client;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A connection of HTTP/1.1 that is kept alive, and costs as little as it can: on few processors a load must leave most of the time to the
 * nodes. Requests are bytes that may have been made before, and an answer is read into one buffer.
 *
 * <p>For one thread.
 */
public final class Connection implements Closeable {

    private static final int MILLIS_TO_CONNECT = 2_000;
    /** Servers close connections that are idle for half a minute, and a request that is sent at that moment gets no answer. */
    private static final long NANOS_IDLE = 5_000_000_000L;

    private static final int FIRST_BUFFER = 16_384;
    private static final int STATUS_AT = "HTTP/1.1 ".length();
    private static final int HEXADECIMAL = 16;

    private final Socket socket = new Socket();
    private final InputStream in;
    private byte[] buffer = new byte[FIRST_BUFFER];
    private int end;
    private int body;
    private boolean isOpen = true;
    private long usedAt = System.nanoTime();

    /** A connection to a port of this machine, which breaks when an answer takes longer than that. */
    public Connection(int port, int millisToAnswer) throws IOException {
        try {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), MILLIS_TO_CONNECT);
            socket.setSoTimeout(millisToAnswer);
            socket.setTcpNoDelay(true);
            in = socket.getInputStream();
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** A request with these further header lines; a form goes only with POST. */
    public static byte[] request(String method, String path, List<String> headers, String form) {
        StringBuilder head = new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n");
        headers.forEach(header -> head.append(header).append("\r\n"));
        if (!method.equals("POST")) {
            return (head + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
        }
        head.append("Content-Type: application/x-www-form-urlencoded\r\nContent-Length: ")
                .append(form.length());
        return (head + "\r\n\r\n" + form).getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Whether another request may follow. */
    public boolean isOpen() {
        return isOpen && System.nanoTime() - usedAt < NANOS_IDLE;
    }

    /** Sends the request and waits for all of the answer. */
    public void ask(byte[] request) throws IOException {
        socket.getOutputStream().write(request);
        end = 0;
        body = 0;
        while (body == 0) {
            readMore();
            body = endOfHead();
        }
        readBody();
        usedAt = System.nanoTime();
    }

    private void readBody() throws IOException {
        String length = header("content-length");
        if (status() == 204 || status() == 304) {
            end = body;
        } else if (!length.isEmpty()) {
            readTo(body + Integer.parseInt(length));
        } else if (header("transfer-encoding").equalsIgnoreCase("chunked")) {
            readChunks();
        } else {
            readToTheEnd();
        }
        isOpen &= !header("connection").equalsIgnoreCase("close");
    }

    private void readMore() throws IOException {
        if (end == buffer.length) {
            buffer = Arrays.copyOf(buffer, 2 * end);
        }
        int read = in.read(buffer, end, buffer.length - end);
        if (read <= 0) {
            throw new EOFException("The answer broke off.");
        }
        end += read;
    }

    private void readTo(int whole) throws IOException {
        while (end < whole) {
            readMore();
        }
    }

    private void readToTheEnd() throws IOException {
        isOpen = false;
        byte[] rest = in.readAllBytes();
        buffer = Arrays.copyOf(buffer, end + rest.length);
        System.arraycopy(rest, 0, buffer, end, rest.length);
        end += rest.length;
    }

    /** Puts the body together where the first chunk was. */
    private void readChunks() throws IOException {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        int at = body;
        int size;
        do {
            int line = endOfLine(at);
            size = Integer.parseInt(text(at, line).trim(), HEXADECIMAL);
            readTo(line + 1 + size + 2);
            whole.write(buffer, line + 1, size);
            at = line + 1 + size + 2;
        } while (size > 0);
        buffer = Arrays.copyOf(buffer, Math.max(buffer.length, body + whole.size()));
        System.arraycopy(whole.toByteArray(), 0, buffer, body, whole.size());
        end = body + whole.size();
    }

    /** Where the line ends that begins there. */
    private int endOfLine(int start) throws IOException {
        for (int i = start; ; i++) {
            readTo(i + 1);
            if (buffer[i] == '\n') {
                return i;
            }
        }
    }

    /** Where the body begins; 0 when the head is not there yet. */
    private int endOfHead() {
        for (int i = 3; i < end; i++) {
            if (buffer[i] == '\n' && buffer[i - 1] == '\r' && buffer[i - 2] == '\n') {
                return i + 1;
            }
        }
        return 0;
    }

    public int status() {
        return Integer.parseInt(text(STATUS_AT, STATUS_AT + 3));
    }

    /** The first header of that name, which is in lower case; empty without one. */
    public String header(String name) {
        int at = find(name, 0);
        return at < 0 ? "" : lineAt(at + name.length() + 1);
    }

    /** All headers of that name, which is in lower case. */
    public List<String> headers(String name) {
        List<String> all = new ArrayList<>();
        for (int at = find(name, 0); at >= 0; at = find(name, at)) {
            all.add(lineAt(at + name.length() + 1));
        }
        return all;
    }

    /** Where the next line begins that has the header; negative without one. */
    private int find(String name, int from) {
        for (int i = from; i < body; i++) {
            if (buffer[i] == '\n' && isName(name, i + 1)) {
                return i + 1;
            }
        }
        return -1;
    }

    private boolean isName(String name, int start) {
        if (start + name.length() >= body || buffer[start + name.length()] != ':') {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            if (Character.toLowerCase(buffer[start + i]) != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private String lineAt(int start) {
        int stop = start;
        while (buffer[stop] != '\n') {
            stop++;
        }
        return text(start, stop).trim();
    }

    public String body() {
        return new String(buffer, body, end - body, StandardCharsets.UTF_8);
    }

    /** Whether the last answer is 200 with exactly that body. */
    public boolean isOk(byte[] expected) {
        return status() == 200 && Arrays.equals(buffer, body, end, expected, 0, expected.length);
    }

    /** The last answer, for a message; it may carry a token of the rig's own users. */
    public String answer() {
        return text(0, end);
    }

    private String text(int from, int to) {
        return new String(buffer, from, to - from, StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
