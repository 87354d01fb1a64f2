package dev.postern.it.cluster;

import dev.postern.it.Discretion;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A connection of HTTP/1.1 that is kept open, with no more than the load needs: on two processors the client must leave
 * most of the time to the nodes.
 *
 * <p>For one thread.
 */
final class Wire implements AutoCloseable {

    private static final int MILLIS_TO_CONNECT = 2_000;
    private static final int MILLIS_TO_ANSWER = 15_000;
    /** Servers close connections that are idle for half a minute, and whoever sends a request at that moment gets no answer. */
    private static final long NANOS_IDLE = 5_000_000_000L;

    private static final int HEXADECIMAL = 16;

    private final Socket socket = new Socket();
    private final InputStream in;
    private final String host;
    private boolean isOpen = true;
    private long usedAt = System.nanoTime();

    Wire(int port) throws IOException {
        this.host = "127.0.0.1:" + port;
        try {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), MILLIS_TO_CONNECT);
            socket.setSoTimeout(MILLIS_TO_ANSWER);
            socket.setTcpNoDelay(true);
            this.in = new BufferedInputStream(socket.getInputStream());
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** An answer: its status, its {@code Set-Cookie} lines and its body. */
    record Response(int status, List<String> setCookies, String body) {}

    /** Whether another request may follow. */
    boolean isOpen() {
        return isOpen && System.nanoTime() - usedAt < NANOS_IDLE;
    }

    Response send(String method, String path, String cookie, String form) throws IOException {
        String head = method + " " + path + " HTTP/1.1\r\nHost: " + host + "\r\n"
                + (cookie.isEmpty() ? "" : "Cookie: " + cookie + "\r\n")
                + (method.equals("POST") ? "Content-Type: application/x-www-form-urlencoded\r\n" : "")
                + "Sec-Fetch-Site: same-origin\r\nContent-Length: " + form.length() + "\r\n\r\n";
        socket.getOutputStream().write((head + form).getBytes(StandardCharsets.ISO_8859_1));
        Response response = read();
        response.setCookies().forEach(Discretion::cookie);
        Discretion.check("The body of an answer", response.body());
        usedAt = System.nanoTime();
        return response;
    }

    private Response read() throws IOException {
        int status = Integer.parseInt(line().split(" ", 3)[1]);
        List<String> setCookies = new ArrayList<>();
        int length = status == 204 || status == 304 ? 0 : -1;
        boolean isChunked = false;
        for (String header = line(); !header.isEmpty(); header = line()) {
            String name = header.substring(0, header.indexOf(':')).toLowerCase(Locale.ROOT);
            String value = header.substring(header.indexOf(':') + 1).trim();
            switch (name) {
                case "set-cookie" -> setCookies.add(value);
                case "content-length" -> length = Integer.parseInt(value);
                case "transfer-encoding" -> isChunked = value.equalsIgnoreCase("chunked");
                case "connection" -> isOpen &= !value.equalsIgnoreCase("close");
                default -> {}
            }
        }
        return new Response(status, setCookies, isChunked ? chunks() : body(length));
    }

    private String body(int length) throws IOException {
        byte[] bytes = length < 0 ? in.readAllBytes() : in.readNBytes(length);
        isOpen &= length >= 0;
        if (length > bytes.length) {
            throw new EOFException("The body broke off.");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private String chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = chunkSize(); size > 0; size = chunkSize()) {
            body.write(in.readNBytes(size));
            line();
        }
        line();
        return body.toString(StandardCharsets.UTF_8);
    }

    private int chunkSize() throws IOException {
        return Integer.parseInt(line().trim(), HEXADECIMAL);
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("The connection was closed.");
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
