package dev.postern.hazelcast.setup;

import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.client.config.XmlClientConfigBuilder;
import com.hazelcast.client.config.YamlClientConfigBuilder;
import com.hazelcast.config.Config;
import com.hazelcast.config.XmlConfigBuilder;
import com.hazelcast.config.YamlConfigBuilder;
import com.hazelcast.core.HazelcastException;
import dev.postern.PosternException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * A Hazelcast configuration file, or a resource of the application's class loader. It is YAML if its name ends in
 * {@code .yaml} or {@code .yml}, otherwise XML.
 *
 * <p>Immutable.
 */
record HazelcastFile(String location) {

    /** The configuration of a member. Throws {@link PosternException} if it cannot be found or read. */
    Config member() {
        return read(in -> isYaml() ? new YamlConfigBuilder(in).build() : new XmlConfigBuilder(in).build());
    }

    /** The configuration of a client. Throws {@link PosternException} if it cannot be found or read. */
    ClientConfig client() {
        return read(in -> isYaml() ? new YamlClientConfigBuilder(in).build() : new XmlClientConfigBuilder(in).build());
    }

    private <T> T read(Reader<T> reader) {
        try (InputStream in = new ByteArrayInputStream(bytes())) {
            return reader.read(in);
        } catch (IOException | HazelcastException | IllegalArgumentException e) {
            throw new PosternException("postern.cache.config: " + location + " cannot be read: " + e.getMessage(), e);
        }
    }

    private byte[] bytes() throws IOException {
        Path path = Path.of(location);
        if (Files.isReadable(path)) {
            return Files.readAllBytes(path);
        }
        try (InputStream resource = HazelcastFile.class.getClassLoader().getResourceAsStream(location)) {
            if (resource == null) {
                throw new IOException("there is no such file and no such resource");
            }
            return resource.readAllBytes();
        }
    }

    private boolean isYaml() {
        String name = location.toLowerCase(Locale.ROOT);
        return name.endsWith(".yaml") || name.endsWith(".yml");
    }

    private interface Reader<T> {
        T read(InputStream in) throws IOException;
    }
}
