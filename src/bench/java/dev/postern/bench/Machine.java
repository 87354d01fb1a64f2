package dev.postern.bench;

import com.hazelcast.instance.BuildInfoProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;

/** What a report says of where it was made, and of the versions of all that was measured. */
final class Machine {

    private Machine() {}

    static List<String> lines() throws IOException {
        return List.of(
                "* Day: " + LocalDate.now(ZoneOffset.UTC),
                "* Machine: " + Runtime.getRuntime().availableProcessors() + " processors, " + processor() + "; "
                        + System.getProperty("os.name") + " " + System.getProperty("os.version"),
                "* Java: " + System.getProperty("java.vm.name") + " " + Runtime.version(),
                "* Hazelcast " + BuildInfoProvider.getBuildInfo().getVersion()
                        + version("Spring Session", "spring-session")
                        + version("Nimbus JOSE+JWT", "nimbus") + version("SmallRye JWT", "smallrye-jwt")
                        + version("JMH", "jmh"));
    }

    /** The build knows the versions, and says them. */
    private static String version(String name, String property) {
        String version = System.getProperty("bench.version." + property);
        return version == null ? "" : ", " + name + " " + version;
    }

    private static String processor() throws IOException {
        Path file = Path.of("/proc/cpuinfo");
        if (!Files.isReadable(file)) {
            return System.getProperty("os.arch");
        }
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        }
    }
}
