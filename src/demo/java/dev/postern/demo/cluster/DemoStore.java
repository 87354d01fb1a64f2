package dev.postern.demo.cluster;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * What outlives all nodes, and the launcher too, with {@code -Ddemo.store=h2}: a file of the database, its password,
 * and the keys that sign tokens and encrypt sessions. Immutable.
 */
record DemoStore(Path directory, String password, String key, String index) {

    private static final String PROPERTY = "demo.store";
    private static final String FILE = "secrets.properties";
    private static final int BYTES = 32;

    /** The store in that directory, from an earlier run or a new one; empty without the property. */
    static Optional<DemoStore> fromSystemProperties(Path directory) throws IOException {
        String kind = System.getProperty(PROPERTY, "");
        return switch (kind) {
            case "" -> Optional.empty();
            case "h2" -> Optional.of(in(directory));
            default -> throw new DemoException("-D" + PROPERTY + " is " + kind + ", and can only be h2");
        };
    }

    static DemoStore in(Path directory) throws IOException {
        Path file = directory.resolve(FILE);
        if (!Files.exists(file)) {
            Files.createDirectories(directory);
            write(file);
        }
        Properties secrets = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            secrets.load(reader);
        }
        return new DemoStore(
                directory.toAbsolutePath().normalize(),
                value(secrets, "password", file),
                value(secrets, "key", file),
                value(secrets, "index", file));
    }

    private static String value(Properties secrets, String name, Path file) {
        return Optional.ofNullable(secrets.getProperty(name))
                .orElseThrow(() -> new DemoException(file + " lacks " + name + "; delete its directory to begin anew"));
    }

    private static void write(Path file) throws IOException {
        Properties secrets = new Properties();
        secrets.setProperty("password", Secrets.random());
        secrets.setProperty("key", key(new SecureRandom()));
        secrets.setProperty("index", key(new SecureRandom()));
        try (Writer writer = Files.newBufferedWriter(file)) {
            secrets.store(writer, "Of the demo. Without this file its database cannot be read any more.");
        }
    }

    private static String key(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** What a node is told on its command line. */
    List<String> settings() {
        return List.of("-Dpostern.store.data-source=java:app/jdbc/desk", "-Dpostern.store.create-tables=true");
    }

    /** What a node is told in its environment, which other users cannot read. */
    Map<String, String> environment() {
        return Map.of("POSTERN_KEYS", "1:" + key, "POSTERN_KEYS_INDEX", index);
    }

    @Override
    public String toString() {
        return "DemoStore[" + directory + "]";
    }
}
