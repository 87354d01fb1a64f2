package dev.postern.it;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.JavaArchive;

/**
 * Hazelcast as a module of WildFly. The server loads and compiles its classes once, and not for each of many
 * applications, and does not look for annotations in them.
 */
final class HazelcastModule {

    private static final String NAME = "com.hazelcast";
    private static final Path MODULES = modules();
    private static final Path DEPENDENCY = jar();

    private HazelcastModule() {}

    /** Where modules are: the server's own, and this one. */
    static String path(Path home) {
        return home.resolve("modules") + File.pathSeparator + MODULES;
    }

    /** A jar that gives an application the module, by its manifest. */
    static Path dependency() {
        return DEPENDENCY;
    }

    private static Path jar() {
        Path jar = Rig.path("it.servers").resolve("hazelcast-as-module.jar");
        ShrinkWrap.create(JavaArchive.class, jar.getFileName().toString())
                .setManifest(new StringAsset("Manifest-Version: 1.0\nDependencies: " + NAME + "\n"))
                .as(ZipExporter.class)
                .exportTo(jar.toFile(), true);
        return jar;
    }

    private static Path modules() {
        Path modules = Rig.path("it.servers").resolve("modules");
        try {
            Path main = Files.createDirectories(modules.resolve(NAME.replace('.', '/') + "/main"));
            Path jar = Libraries.hazelcast();
            Path copy = Files.copy(
                    jar, Files.createTempFile(main, "hazelcast", ".tmp"), StandardCopyOption.REPLACE_EXISTING);
            Files.move(copy, main.resolve(jar.getFileName()), StandardCopyOption.ATOMIC_MOVE);
            Files.writeString(main.resolve("module.xml"), """
                    <module xmlns="urn:jboss:module:1.9" name="%s">
                      <resources><resource-root path="%s"/></resources>
                      <dependencies>
                        <module name="java.se"/>
                        <module name="jdk.management"/>
                        <module name="jdk.unsupported"/>
                      </dependencies>
                    </module>
                    """.formatted(NAME, jar.getFileName()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return modules;
    }
}
