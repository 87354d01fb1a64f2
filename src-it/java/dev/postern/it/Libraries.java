package dev.postern.it;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;
import org.jboss.jandex.Indexer;
import org.jboss.jandex.JarIndexer;
import org.jboss.jandex.Result;

/** The jars in {@code WEB-INF/lib} of the applications under test. */
public final class Libraries {

    private Libraries() {}

    /** Postern and Hazelcast, as Maven puts them into a user's WAR. */
    public static File[] bundled() {
        return files(postern(), hazelcast());
    }

    /**
     * What an application on this server cannot do without, made for many quick deployments. Payara has a Hazelcast of
     * its own. Others get one, for WildFly with an index of its annotations, or it would look for them in 11 000 classes at each
     * deployment, which takes longer than the rest.
     */
    public static File[] quick() {
        return Rig.hasGrid() ? files(postern()) : files(postern(), indexedHazelcast());
    }

    private static Path postern() {
        return Rig.path("it.jar");
    }

    private static Path hazelcast() {
        return Rig.path("it.hazelcast.jar");
    }

    private static Path indexedHazelcast() {
        Path servers = Rig.path("it.servers");
        Path indexed = servers.resolve("indexed-" + hazelcast().getFileName());
        if (!Files.exists(indexed)) {
            try {
                Path copy = Files.createTempFile(servers, "hazelcast", ".jar");
                Files.copy(hazelcast(), copy, StandardCopyOption.REPLACE_EXISTING);
                addIndex(copy);
                Files.move(copy, indexed, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return indexed;
    }

    private static void addIndex(Path jar) throws IOException {
        Result unused = JarIndexer.createJarIndex(jar.toFile(), new Indexer(), true, false, false);
    }

    private static File[] files(Path... paths) {
        return Stream.of(paths).map(Path::toFile).toArray(File[]::new);
    }
}
