package dev.postern.it;

import dev.postern.testing.Confidential;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpHeaders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Every token that the clients of this JVM have received, and every password that they have sent. No answer may give one away but in
 * the header that brings it; and what the nodes have logged meanwhile is searched at last ({@link NothingSecretIT}), for which they are
 * written down beside the servers.
 *
 * <p>Safe for concurrent use.
 */
public final class Discretion {

    private static final String TOKEN = "token ";
    private static final String PASSWORD = "password ";

    /** The headers that bring tokens. */
    private static final List<String> BRINGING = List.of("Set-Cookie", "Postern-Token");

    private static final Confidential SECRETS = new Confidential();

    private Discretion() {}

    /** A password that is about to be sent. */
    public static void password(String password) {
        if (SECRETS.addPassword(password)) {
            write(PASSWORD + password);
        }
    }

    /** A {@code Set-Cookie} line, which may bring a token. */
    public static void cookie(String line) {
        String pair = line.split(";", 2)[0];
        token(pair.substring(pair.indexOf('=') + 1));
    }

    private static void token(String text) {
        if (SECRETS.addToken(text)) {
            write(TOKEN + text);
        }
    }

    /** Takes in what the headers of an answer bring, and asserts that nothing else in it tells a secret. */
    static void check(HttpHeaders headers, String body) {
        headers.allValues("Set-Cookie").forEach(Discretion::cookie);
        headers.allValues("Postern-Token").forEach(Discretion::token);
        String others = headers.map().entrySet().stream()
                .filter(header -> BRINGING.stream().noneMatch(header.getKey()::equalsIgnoreCase))
                .map(Object::toString)
                .collect(Collectors.joining("\n"));
        check("The headers of an answer", others);
        check("The body of an answer", body);
    }

    /** Asserts that a text tells no secret. */
    public static void check(String what, String text) {
        SECRETS.find(text).ifPresent(found -> {
            throw new AssertionError(what + " told a secret. " + found);
        });
    }

    /** What was written down while a server was tested. */
    static Confidential of(String server) throws IOException {
        Confidential secrets = new Confidential();
        for (String line : Files.readAllLines(file(server))) {
            if (line.startsWith(TOKEN)) {
                secrets.addToken(line.substring(TOKEN.length()));
            } else {
                secrets.addPassword(line.substring(PASSWORD.length()));
            }
        }
        return secrets;
    }

    private static Path file(String server) {
        return Rig.path("it.servers").resolve(server + ".secrets");
    }

    private static synchronized void write(String line) {
        try {
            Files.writeString(
                    file(Rig.value("it.server")), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
