package dev.postern.it.guest.aliases;

import dev.postern.CurrentUserLoader;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Knows which names are one member's. Immutable. */
@ApplicationScoped
public class MemberLoader implements CurrentUserLoader<Integer> {

    static final Map<String, Integer> NUMBERS = Map.of("m-17", 17, "dora@example.com", 17, "m-18", 18);

    @Override
    public Optional<Integer> load(String name) {
        return Optional.of(NUMBERS.getOrDefault(name.toLowerCase(Locale.ROOT), 0));
    }

    @Override
    public Set<String> roles(Integer member) {
        return member == 0 ? Set.of("manager") : Set.of("clerk");
    }

    @Override
    public String canonicalName(String name) {
        return Optional.ofNullable(NUMBERS.get(name))
                .map(number -> "member " + number)
                .orElse(name);
    }
}
