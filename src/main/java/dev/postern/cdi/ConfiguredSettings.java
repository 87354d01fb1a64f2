package dev.postern.cdi;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/** The settings of this application from MicroProfile Config: the only class that reads it. */
final class ConfiguredSettings {

    private ConfiguredSettings() {}

    /**
     * The settings.
     *
     * @throws SettingsException listing everything that is wrong, names that do not exist included
     */
    static Settings read() {
        Config config = ConfigProvider.getConfig();
        SettingValues values = new SettingValues(name -> config.getOptionalValue(name, String.class));
        Settings settings = new SettingsReader(values).read();
        List<String> wrong = new ArrayList<>(values.wrong());
        StreamSupport.stream(config.getPropertyNames().spliterator(), false)
                .filter(name -> isUnknown(name, values))
                .sorted()
                .forEach(name -> wrong.add("There is no setting " + name + "."));
        if (!wrong.isEmpty()) {
            throw new SettingsException(wrong);
        }
        return settings;
    }

    private static boolean isUnknown(String name, SettingValues values) {
        return name.startsWith(SettingValues.PREFIX)
                && !values.defaults().containsKey(name.substring(SettingValues.PREFIX.length()))
                && !isEnvironment(name);
    }

    /** Some sources list the variable POSTERN_CACHE_MINIMUM_MEMBERS as postern.cache.minimum.members. */
    private static boolean isEnvironment(String name) {
        return System.getenv().keySet().stream()
                .anyMatch(variable ->
                        variable.toLowerCase(Locale.ROOT).replace('_', '.').equals(name));
    }
}
