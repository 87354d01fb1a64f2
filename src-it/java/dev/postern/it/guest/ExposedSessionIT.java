package dev.postern.it.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.postern.it.Browser;
import dev.postern.it.OnPayaraByDay;
import dev.postern.it.Rig;
import dev.postern.it.guest.exposed.Notebook;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What interceptors of an application see of the session, and what becomes of changes in methods that are bound by
 * hand.
 */
@OnPayaraByDay
class ExposedSessionIT {

    @RegisterExtension
    static final Guest GUEST = Guest.war("exposed", war -> war.addPackage(Notebook.class.getPackage()));

    private final Browser clerk = new Browser();

    @BeforeEach
    void signIn() {
        clerk.signIn(GUEST.root(), "clerk", "clerk-pw").has(201);
        get("api/note?note=first");
    }

    @Test
    void resourcesThatInjectTheSessionExposeIt() {
        for (String path : List.of("field", "constructor", "setter", "inherited", "instance", "stored", "enterprise")) {
            assertThat(get("api/" + path)).as(path).isEqualTo("get user=clerk! note=first");
            new Browser()
                    .get(GUEST.uri("api/" + path))
                    .has(200)
                    .hasBody()
                    .as(path)
                    .isEqualTo("get user=! note=empty");
        }
        if (Rig.onWildFly()) {
            assertThat(get("api/interface")).isEqualTo("get user=clerk! note=first");
        }
    }

    @Test
    void otherResourcesHaveNoInterceptorOfOurs() {
        assertThat(get("api/nothing")).isEqualTo("get user=none note=none");
    }

    @Test
    void beansAndMethodsAreBoundByHand() {
        assertThat(get("notebook/exposed")).isEqualTo("exposed user=clerk! note=first");
        assertThat(get("notebook/hidden")).isEqualTo("hidden user=none note=none");
    }

    @Test
    void methodThatReturnsKeepsItsChangesWhateverTheAnswerIs() {
        assertThat(get("notebook/returning?note=second")).isEqualTo("noted user=clerk! note=first");
        assertThat(get("api/note/read")).isEqualTo("second");
        clerk.get(GUEST.uri("notebook/refusing?note=third")).has(409);
        assertThat(get("api/note/read")).isEqualTo("third");
    }

    @Test
    void methodThatThrowsDropsItsChanges() {
        assertThat(get("notebook/failing?note=lost")).isEqualTo("failed lost");
        assertThat(get("api/note/read")).isEqualTo("first");
    }

    /** {@code !} stands for a user without a name. */
    @Test
    void outsideARequestTheUserIsAnonymousAndThereIsNoMetadata() {
        await("the clock has looked")
                .atMost(Duration.ofSeconds(30))
                .until(() -> !get("notebook/clock").isEmpty());
        assertThat(Map.of("clock", get("notebook/clock"), "executor", get("notebook/executor")))
                .isEqualTo(Map.of("clock", "looked user=! note=none", "executor", "looked user=! note=none"));
    }

    private String get(String path) {
        return clerk.get(GUEST.uri(path)).has(200).body();
    }
}
