package dev.postern.it;

import java.io.File;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The jars in {@code WEB-INF/lib} of the applications under test. */
public final class Libraries {

    private Libraries() {}

    /** Postern and Hazelcast, as Maven puts them into a user's WAR. */
    public static File[] bundled() {
        return files(postern(), hazelcast());
    }

    /**
     * What an application on this server cannot do without, made for many quick deployments. Payara has a Hazelcast
     * of its own, and WildFly gets one {@linkplain HazelcastModule as a module}.
     */
    public static File[] quick() {
        if (Rig.hasGrid()) {
            return files(postern());
        }
        return files(postern(), Rig.onWildFly() ? HazelcastModule.dependency() : hazelcast());
    }

    private static Path postern() {
        return Rig.path("it.jar");
    }

    static Path hazelcast() {
        return Rig.path("it.hazelcast.jar");
    }

    private static File[] files(Path... paths) {
        return Stream.of(paths).map(Path::toFile).toArray(File[]::new);
    }
}
