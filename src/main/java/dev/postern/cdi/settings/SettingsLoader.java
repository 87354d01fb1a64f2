package dev.postern.cdi.settings;

import dev.postern.cdi.application.ModuleClasses;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Reads the settings of this application. The only class that reads MicroProfile Config.
 *
 * <p>Safe for concurrent use.
 */
public final class SettingsLoader {

    private static final String FILE = "META-INF/microprofile-config.properties";

    private SettingsLoader() {}

    /**
     * Reads the settings, on a thread of the deployment.
     *
     * @throws SettingsException listing every fault, names that do not exist and files that the server does not read
     *     included
     */
    public static Settings read() {
        ClassLoader loader = loader();
        Config config = ConfigProvider.getConfig(loader);
        ConfigValues values = new ConfigValues(name -> config.getOptionalValue(name, String.class));
        Settings settings = new CoreSettingsReader(values).read();
        List<String> wrong = new ArrayList<>(values.wrong());
        StreamSupport.stream(config.getPropertyNames().spliterator(), false)
                .filter(name -> isUnknown(name, values))
                .sorted()
                .forEach(name -> wrong.add("There is no setting " + name + "."));
        wrong.addAll(unread(loader, config));
        if (!wrong.isEmpty()) {
            throw new SettingsException(wrong);
        }
        return settings;
    }

    /**
     * The class loader of the web module. While an EAR is deployed, WildFly shows the loader of the EAR, whose
     * configuration lacks the files of its WARs.
     */
    private static ClassLoader loader() {
        ClassLoader present = Thread.currentThread().getContextClassLoader();
        return ModuleClasses.isSharedWith(present) ? present : SettingsLoader.class.getClassLoader();
    }

    /** One sentence for each setting in a file of the application that the server ignores. */
    private static List<String> unread(ClassLoader loader, Config config) {
        try {
            return Collections.list(loader.getResources(FILE)).stream()
                    .flatMap(file -> unread(file, config).stream())
                    .toList();
        } catch (IOException e) {
            return List.of(FILE + " cannot be read: " + e.getMessage());
        }
    }

    private static List<String> unread(URL file, Config config) {
        Properties properties = new Properties();
        try (InputStream in = file.openStream()) {
            properties.load(in);
        } catch (IOException | IllegalArgumentException e) {
            return List.of(file + " cannot be read: " + e.getMessage());
        }
        return properties.stringPropertyNames().stream()
                .filter(name -> name.startsWith(ConfigValues.PREFIX) && !isRead(name, config))
                .sorted()
                .map(name ->
                        name + " is set in " + file + ", which this server does not read for the application: set it"
                                + " in META-INF of a jar in the EAR's lib directory, or as a system property.")
                .toList();
    }

    /** Whether a source of the server has the setting. */
    private static boolean isRead(String name, Config config) {
        return StreamSupport.stream(config.getConfigSources().spliterator(), false)
                .anyMatch(source -> source.getValue(name) != null);
    }

    private static boolean isUnknown(String name, ConfigValues values) {
        return name.startsWith(ConfigValues.PREFIX)
                && !values.defaults().containsKey(name.substring(ConfigValues.PREFIX.length()))
                && !isEnvironment(name);
    }

    /**
     * Whether the name is that of an environment variable: some sources list {@code POSTERN_CACHE_MINIMUM_MEMBERS} as
     * {@code postern.cache.minimum.members}.
     */
    private static boolean isEnvironment(String name) {
        return System.getenv().keySet().stream()
                .anyMatch(variable ->
                        variable.toLowerCase(Locale.ROOT).replace('_', '.').equals(name));
    }

    /** The application cannot be deployed with these settings. The message lists every fault. */
    public static final class SettingsException extends RuntimeException {

        SettingsException(List<String> wrong) {
            super("Postern cannot start with these settings:\n  " + String.join("\n  ", wrong));
        }
    }
}
