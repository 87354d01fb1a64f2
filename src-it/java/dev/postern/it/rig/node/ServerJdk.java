package dev.postern.it.rig.node;

import dev.postern.it.Rig;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The JDK of the servers. It is the JDK of the tests, unless the property {@code it.java.home} names another. Where a server needs a newer
 * JDK than the tests have, it is that of {@code JAVA_HOME_25} or {@code JAVA_HOME_21}.
 */
final class ServerJdk {

    private static final int NEEDED_BY_PAYARA_7 = 21;

    private ServerJdk() {}

    /** The program {@code java}. */
    static String java() {
        return home().resolve("bin").resolve("java").toString();
    }

    private static Path home() {
        Path ours = Path.of(System.getProperty("java.home"));
        boolean isNewEnough = !Rig.isPayara7() || Runtime.version().feature() >= NEEDED_BY_PAYARA_7;
        return named(System.getProperty("it.java.home"))
                .or(() -> isNewEnough ? Optional.of(ours) : newer())
                .orElseThrow(() -> new IllegalStateException("Payara 7 needs JDK 21 or newer. Name one with"
                        + " -Dit.java.home=… or in the environment as JAVA_HOME_21."));
    }

    private static Optional<Path> newer() {
        return Stream.of("JAVA_HOME_25", "JAVA_HOME_21")
                .map(System::getenv)
                .filter(Objects::nonNull)
                .findFirst()
                .flatMap(ServerJdk::named);
    }

    private static Optional<Path> named(@Nullable String home) {
        return Optional.ofNullable(home).filter(text -> !text.isBlank()).map(Path::of);
    }
}
