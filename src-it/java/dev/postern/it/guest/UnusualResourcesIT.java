package dev.postern.it.guest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.it.Browser;
import dev.postern.it.OnPayaraByDay;
import dev.postern.it.guest.staticlocator.StaticLocator;
import dev.postern.it.guest.unusual.UnusualApplications;
import java.util.ArrayList;
import java.util.List;
import org.glassfish.jersey.examples.shop.CopiedExample;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Resources and applications that no book recommends, and that servers call nevertheless (A1). */
@OnPayaraByDay
@Tag("A1")
class UnusualResourcesIT {

    @RegisterExtension
    static final Guest GUEST = Guest.war(
            "unusual",
            war -> war.addPackage(UnusualApplications.class.getPackage()).addClass(CopiedExample.class));

    @RegisterExtension
    static final Guest LOCATOR = Guest.war("static-locator", war -> war.addPackage(StaticLocator.class.getPackage()))
            .perhapsRefused();

    private static final Browser ANONYMOUS = new Browser();
    private static final Browser CLERK = new Browser();
    private static final Browser MANAGER = new Browser();

    private final List<String> wrong = new ArrayList<>();

    @BeforeAll
    static void signIn() {
        CLERK.signIn(GUEST.root(), "clerk", "clerk-pw").has(201);
        MANAGER.signIn(GUEST.root(), "manager", "manager-pw").has(201);
    }

    /** Whether or not the application lets the server look for services. */
    @ParameterizedTest
    @ValueSource(strings = {"plain", "without-services", "without-discovery", "without-lookup"})
    void rolesHold(String application) {
        answers(application + "/static", 401, 200, 403);
        answers(application + "/static/closed", 401, 403, 403);
        answers(application + "/static/manager", 401, 403, 200);
        answers(application + "/static/fresh", 401, 200, 200);
        answers(application + "/outer", 401, 403, 403);
        answers(application + "/raw/found", 401, 403, 403);
        answers(application + "/implementing", 401, 200, 403);
        answers(application + "/copied", 401, 403, 403);
        answers(application + "/copied/clerk", 401, 200, 403);
        assertThat(wrong).isEmpty();
    }

    @Test
    void annotatedStaticLocatorStopsTheDeployment() {
        assertThat(LOCATOR.isDeployed()).as(LOCATOR.log()).isFalse();
        assertThat(LOCATOR.log()).contains("StaticLocator.leaf is a sub-resource locator and carries an annotation");
    }

    private void answers(String path, int anonymous, int clerk, int manager) {
        expect(ANONYMOUS, path, anonymous);
        expect(CLERK, path, clerk);
        expect(MANAGER, path, manager);
    }

    private void expect(Browser browser, String path, int status) {
        int answered = browser.get(GUEST.uri(path)).status();
        if (answered != status) {
            wrong.add(path + " expected " + status + " but was " + answered);
        }
    }
}
