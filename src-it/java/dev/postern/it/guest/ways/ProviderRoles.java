package dev.postern.it.guest.ways;

import dev.postern.CurrentUserLoader;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Users whose groups are those that the identity provider says now. */
@ApplicationScoped
public class ProviderRoles implements CurrentUserLoader<ProviderRoles.Person> {

    private static final int MILLIS = 2000;

    @Inject
    @ConfigProperty(name = "way.uri")
    String provider;

    /** A user with groups. */
    public record Person(Set<String> groups) {}

    @Override
    public Optional<Person> load(String name) {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create(provider + "/user").toURL().openConnection();
            connection.setConnectTimeout(MILLIS);
            connection.setReadTimeout(MILLIS);
            try (InputStream in = connection.getInputStream();
                    JsonReader reader = Json.createReader(in)) {
                JsonObject person = reader.readObject();
                return name.equals(person.getString("preferred_username"))
                        ? Optional.of(new Person(person.getJsonArray("groups").getValuesAs(JsonString.class).stream()
                                .map(JsonString::getString)
                                .collect(Collectors.toSet())))
                        : Optional.empty();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Set<String> roles(Person person) {
        return person.groups();
    }
}
