package dev.postern.it.guest;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A client with an address of its own among those of the loopback device. It keeps its connection, and the session
 * cookie.
 *
 * <p>For one thread.
 */
final class LocalClient implements AutoCloseable {

    private static final String FORM = "application/x-www-form-urlencoded";
    private static final int MILLIS = 60_000;

    private final URI root;
    private final InetAddress address;
    private Optional<Socket> connection = Optional.empty();
    private String cookie = "";

    /** The client of that number, from 0 to 999, of the application below the root. */
    LocalClient(URI root, int number) {
        this.root = root;
        try {
            this.address =
                    InetAddress.getByAddress(new byte[] {127, 0, (byte) (1 + number / 200), (byte) (1 + number % 200)});
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** An answer: its status, its headers with names in small letters, and its body. */
    record Answer(int status, Map<String, String> headers, String body) {}

    Answer get(String path) throws IOException {
        return call("GET", path, "");
    }

    Answer delete(String path) throws IOException {
        return call("DELETE", path, "");
    }

    Answer signIn(String user, String password) throws IOException {
        return call("POST", "postern/session", "username=" + user + "&password=" + password);
    }

    /** The same, in the place of another client's cookie. */
    LocalClient with(String otherCookie) {
        cookie = otherCookie;
        return this;
    }

    /** The cookie that it holds, name and value. */
    String cookie() {
        return cookie;
    }

    private Answer call(String method, String path, String body) throws IOException {
        try {
            return exchange(method, path, body);
        } catch (IOException e) { // the server may have closed what was idle
            close();
            return exchange(method, path, body);
        }
    }

    private Answer exchange(String method, String path, String body) throws IOException {
        Socket socket = socket();
        String head = method + " " + root.resolve(path).getRawPath()
                + Optional.ofNullable(root.resolve(path).getRawQuery())
                        .map(query -> "?" + query)
                        .orElse("")
                + " HTTP/1.1\r\nHost: " + root.getAuthority() + "\r\nSec-Fetch-Site: same-origin\r\n"
                + (cookie.isEmpty() ? "" : "Cookie: " + cookie + "\r\n")
                + (body.isEmpty() ? "" : "Content-Type: " + FORM + "\r\nContent-Length: " + body.length() + "\r\n")
                + "\r\n";
        socket.getOutputStream().write((head + body).getBytes(StandardCharsets.ISO_8859_1));
        Answer answer = read(new BufferedInputStream(socket.getInputStream()));
        String set = answer.headers().getOrDefault("set-cookie", "");
        if (set.contains("postern")) {
            cookie = set.substring(0, set.indexOf(';'));
        }
        if (answer.headers().getOrDefault("connection", "").equalsIgnoreCase("close")) {
            close();
        }
        return answer;
    }

    private Socket socket() throws IOException {
        if (connection.isEmpty()) {
            Socket socket = new Socket();
            socket.bind(new InetSocketAddress(address, 0));
            socket.setSoTimeout(MILLIS);
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress(root.getHost(), root.getPort()), MILLIS);
            connection = Optional.of(socket);
        }
        return connection.get();
    }

    private static Answer read(InputStream in) throws IOException {
        int status = Integer.parseInt(line(in).split(" ", 3)[1]);
        Map<String, String> headers = new LinkedHashMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        byte[] body = new byte[0];
        if (headers.containsKey("content-length")) {
            body = in.readNBytes(Integer.parseInt(headers.get("content-length")));
        } else if (headers.getOrDefault("transfer-encoding", "").equals("chunked")) {
            body = chunks(in);
        }
        return new Answer(status, headers, new String(body, StandardCharsets.UTF_8));
    }

    private static byte[] chunks(InputStream in) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        int length = Integer.parseInt(line(in), 16);
        while (length > 0) {
            body.write(in.readNBytes(length));
            line(in);
            length = Integer.parseInt(line(in), 16);
        }
        line(in);
        return body.toByteArray();
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        int next = in.read();
        while (next != '\n') {
            if (next < 0) {
                throw new EOFException("The server has closed the connection.");
            }
            if (next != '\r') {
                line.append((char) next);
            }
            next = in.read();
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        if (connection.isPresent()) {
            connection.get().close();
            connection = Optional.empty();
        }
    }
}
