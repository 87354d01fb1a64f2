package dev.postern.it;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.Node;
import org.jboss.shrinkwrap.api.asset.Asset;

/** Directories of nodes that the rigs lay out themselves. */
public final class Directories {

    private Directories() {}

    /** A directory with an empty {@code tmp} and nothing else, whatever was there. */
    public static Path empty(Path directory) throws IOException {
        remove(directory);
        Files.createDirectories(directory.resolve("tmp"));
        return directory;
    }

    /** Removes a directory with all that is in it, or a file; nothing where there is none. */
    public static void remove(Path path) throws IOException {
        if (Files.exists(path)) {
            try (Stream<Path> deepestFirst = Files.walk(path).sorted(Comparator.reverseOrder())) {
                for (Path file : deepestFirst.toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    /**
     * Writes an archive as a directory, which has nothing else afterwards. ShrinkWrap's own exporter would write the
     * first of two files with one name; the archive has the last.
     */
    public static void write(Archive<?> archive, Path directory) throws IOException {
        remove(directory);
        for (Node node : archive.getContent().values()) {
            String name = node.getPath().get().substring(1);
            Asset asset = node.getAsset();
            if (asset == null) {
                Files.createDirectories(directory.resolve(name));
            } else {
                Files.createDirectories(directory.resolve(name.substring(0, name.lastIndexOf('/') + 1)));
                try (InputStream content = asset.openStream()) {
                    Files.copy(content, directory.resolve(name));
                }
            }
        }
    }

    public static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }
}
