package dev.postern.it;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Properties;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Remembers what Maven told the tests last, for a test that is started in an IDE: on the same server, with the same rounds.
 *
 * <p>Before {@link Ports}, whose ports are found anew.
 */
public final class BuildProperties implements LauncherSessionListener {

    /** Maven sets it, an IDE does not. */
    private static final String ROOT = "it.root";

    private static final String OURS = "it.";
    private static final Path FILE = Path.of("target", "it.properties");

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        try {
            if (System.getProperty(ROOT) != null) {
                save(Path.of(System.getProperty(ROOT)).resolve(FILE));
            } else if (Files.exists(FILE)) {
                load(FILE);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void save(Path file) throws IOException {
        Properties ours = new Properties();
        System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith(OURS))
                .forEach(name -> ours.setProperty(name, System.getProperty(name)));
        Path written = Files.createTempFile(file.getParent(), "it", ".properties");
        try (Writer writer = Files.newBufferedWriter(written)) {
            ours.store(writer, "What Maven told the tests last. A test that an IDE starts gets the same.");
        }
        Files.move(written, file, StandardCopyOption.REPLACE_EXISTING); // modules run at the same time
    }

    private static void load(Path file) throws IOException {
        Properties ours = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            ours.load(reader);
        }
        ours.stringPropertyNames().forEach(name -> System.setProperty(name, ours.getProperty(name)));
    }
}
