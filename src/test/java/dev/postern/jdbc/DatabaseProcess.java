package dev.postern.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A program of a MariaDB or MySQL.
 *
 * @param folder gets what the program says, in a file
 */
record DatabaseProcess(Path folder, List<String> command) {

    DatabaseProcess(Path folder, Path program, String... arguments) {
        this(
                folder,
                Stream.concat(Stream.of(program.toString()), Stream.of(arguments))
                        .toList());
    }

    /** The option that lets a server run as this user, who may be root. */
    static String user() {
        return "--user=" + System.getProperty("user.name");
    }

    /** Waits for the end. */
    int run() throws IOException, InterruptedException {
        return process().waitFor();
    }

    /** A server whose root has no password. It ends with the JVM, and the folder is deleted. */
    MySqlDatabases start(String url) throws IOException {
        Process server = process();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            server.destroyForcibly().onExit().join();
            delete();
        }));
        MySqlDatabases databases = new MySqlDatabases(url, new MySqlDatabases.Login("root", ""), false);
        assertThat(JdbcStoreContract.isTrueSoon(() -> server.isAlive() && databases.answer()))
                .as("the server of %s", folder)
                .isTrue();
        return databases;
    }

    private void delete() {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                boolean unused = file.toFile().delete();
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Process process() throws IOException {
        String name = Path.of(command.get(0)).getFileName() + ".log";
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.resolve(name).toFile()))
                .start();
    }
}
