package dev.postern.it.guest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.it.Browser;
import dev.postern.it.Reply;
import dev.postern.it.roles.GridGone;
import dev.postern.it.roles.RoleCase;
import dev.postern.it.roles.RoleCases;
import dev.postern.it.roles.TestCaller;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Every call of {@link RoleCases}. */
class RolesIT {

    @RegisterExtension
    static final Guest ROLES = Guest.war("roles", war -> war.addPackage(RoleCases.class.getPackage()));

    private final Map<TestCaller, Browser> callers = new EnumMap<>(TestCaller.class);

    @BeforeEach
    void signIn() {
        callers.put(TestCaller.ANONYMOUS, new Browser());
        callers.put(TestCaller.UNKNOWN, new Browser().sending(GridGone.HEADER, "yes"));
        for (TestCaller caller : List.of(TestCaller.CLERK, TestCaller.MANAGER, TestCaller.CHIEF)) {
            String user = caller.name().toLowerCase(Locale.ROOT);
            Browser browser = new Browser();
            browser.signIn(ROLES.root(), user, user + "-pw").has(201);
            callers.put(caller, browser);
        }
    }

    @Test
    @Tag("P-92")
    @Tag("P-93")
    @Tag("P-94")
    @Tag("P-122")
    @Tag("P-123")
    @Tag("S-40")
    void applicationThatNamesNothingIsGuarded() {
        everyCallOf("scanned/");
    }

    @Test
    @Tag("P-122")
    @Tag("S-40")
    void applicationThatListsItsClassesIsGuarded() {
        everyCallOf("listed/");
    }

    @Test
    @Tag("P-122")
    @Tag("S-40")
    void applicationThatMakesItsResourcesIsGuarded() {
        everyCallOf("singletons/");
    }

    private void everyCallOf(String application) {
        List<RoleCase> cases = RoleCases.all().stream()
                .filter(role -> role.path().startsWith(application))
                .toList();
        List<String> wrong = new ArrayList<>();
        for (RoleCase role : cases) {
            long before = visits();
            Reply reply = call(role);
            long visits = visits() - before;
            if (!isRight(role, reply) || visits != (role.reaches() ? 1 : 0)) {
                wrong.add(role + ", but got " + reply + "with " + visits + " visits");
            }
        }
        assertThat(cases).isNotEmpty();
        assertThat(wrong).as(wrong.size() + " of " + cases.size() + " calls").isEmpty();
    }

    private Reply call(RoleCase role) {
        Browser browser = Objects.requireNonNull(callers.get(role.caller()));
        return browser.call(role.method(), ROLES.uri(role.path()), "application/json", "no json");
    }

    private static boolean isRight(RoleCase role, Reply reply) {
        return reply.status() == role.status()
                && reply.setCookies().isEmpty()
                && reply.headers("WWW-Authenticate").size() == (role.status() == 401 ? 1 : 0)
                && reply.headers("Retry-After").size() == (role.status() == 503 ? 1 : 0);
    }

    private long visits() {
        return Long.parseLong(
                new Browser().get(ROLES.uri("scanned/visits")).has(200).body());
    }
}
