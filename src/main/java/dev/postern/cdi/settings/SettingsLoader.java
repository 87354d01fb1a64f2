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

/** The settings of this application from MicroProfile Config: the only class that reads it. */
public final class SettingsLoader {

    private static final String FILE = "META-INF/microprofile-config.properties";

    private SettingsLoader() {}

    /**
     * The settings.
     *
     * @throws SettingsException listing everything that is wrong, names that do not exist and files that the server
     *     does not read included
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
     * The loader of the web module. While an EAR is deployed, WildFly shows the EAR's own, whose configuration lacks
     * the files of the WARs in it.
     */
    private static ClassLoader loader() {
        ClassLoader present = Thread.currentThread().getContextClassLoader();
        return ModuleClasses.isSharedWith(present) ? present : SettingsLoader.class.getClassLoader();
    }

    /** A setting that the server passes over in silence would be a hole. */
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

    /** Whether any source of the server has the setting. */
    private static boolean isRead(String name, Config config) {
        return StreamSupport.stream(config.getConfigSources().spliterator(), false)
                .anyMatch(source -> source.getValue(name) != null);
    }

    private static boolean isUnknown(String name, ConfigValues values) {
        return name.startsWith(ConfigValues.PREFIX)
                && !values.defaults().containsKey(name.substring(ConfigValues.PREFIX.length()))
                && !isEnvironment(name);
    }

    /** Some sources list the variable POSTERN_CACHE_MINIMUM_MEMBERS as postern.cache.minimum.members. */
    private static boolean isEnvironment(String name) {
        return System.getenv().keySet().stream()
                .anyMatch(variable ->
                        variable.toLowerCase(Locale.ROOT).replace('_', '.').equals(name));
    }

    /** The application cannot be deployed with these settings; the message lists all that is wrong with them. */
    public static final class SettingsException extends RuntimeException {

        SettingsException(List<String> wrong) {
            super("Postern cannot start with these settings:\n  " + String.join("\n  ", wrong));
        }
    }
}
