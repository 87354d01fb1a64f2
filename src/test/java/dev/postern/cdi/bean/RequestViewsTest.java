package dev.postern.cdi.bean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.CurrentUser;
import dev.postern.EndedSession;
import dev.postern.Ending;
import dev.postern.PosternException;
import dev.postern.SessionMetadata;
import dev.postern.Sessions;
import dev.postern.http.request.CurrentRequest;
import dev.postern.rest.check.DeclaredRoles;
import dev.postern.session.LiveSession;
import dev.postern.session.TestSessions;
import dev.postern.session.durable.SessionArchive;
import dev.postern.session.durable.SessionArchive.PastSession;
import dev.postern.session.listing.UserHistory;
import dev.postern.session.request.RequestLogin;
import dev.postern.session.token.Handle;
import dev.postern.testing.TestRequest;
import dev.postern.testing.TestResponse;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What applications inject. */
class RequestViewsTest {

    private static final Handle HANDLE = Handle.parse("A".repeat(22)).orElseThrow();

    private final HttpServletRequest request = new TestRequest()
            .inRoles("clerk", "editor")
            .answer("getServletContext", context(new DeclaredRoles(Set.of("editor", "manager"))))
            .get();
    private final CurrentUser user = new RequestUser();
    private final TestSessions sessions = new TestSessions();
    private final SessionMetadata metadata = new RequestMetadata(sessions::keeper);
    private final Sessions all = new RequestSessions(sessions::keeper, this::history);
    private CurrentRequest.Serving serving = CurrentRequest.serve(request, new TestResponse().get());

    @AfterEach
    void end() {
        serving.end();
    }

    @Test
    @Tag("C6")
    void areAnonymousWhereAThreadServesNoRequest() throws Exception {
        signIn("ann");
        AtomicReference<String> heard = new AtomicReference<>("");
        Thread other = new Thread(
                () -> heard.set(user.name() + user.roles() + metadata.entries() + all.current() + all.mine()));
        other.start();
        other.join();
        assertThat(heard.get()).isEqualTo("[]{}Optional.empty[]");

        end();
        assertThat(user.isAnonymous()).isTrue();
        assertThat(all.of("ann")).hasSize(1);
        assertThatThrownBy(metadata::fingerprint)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("this thread serves no request");
        assertThatThrownBy(all::revokeOthers)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("this thread serves no request");
        serving = CurrentRequest.serve(request, new TestResponse().get());
        assertThat(user.name()).isEqualTo("ann");
    }

    @Test
    @Tag("C6")
    void goOnWithTheOuterRequestAfterAnInnerOne() {
        signIn("ann");
        CurrentRequest.Serving inner = CurrentRequest.serve(new TestRequest().get(), new TestResponse().get());
        assertThat(user.isAnonymous()).isTrue();
        inner.end();
        assertThat(user.name()).isEqualTo("ann");
    }

    @Test
    @Tag("P-04")
    @Tag("P-05")
    void showTheUserAndTheSessionOfTheRequest() {
        LiveSession session = sessions.beginWith("ann", draft -> draft.put("desk", "three"));
        request.setAttribute("desk", "planted");
        request.setAttribute(RequestLogin.ATTRIBUTE, new RequestLogin.SignedIn(session));

        assertThat(user.isAnonymous()).isFalse();
        assertThat(user.name()).isEqualTo("ann");
        assertThat(user.hasRole("clerk")).isTrue();
        assertThat(user.hasRole("manager")).isFalse();
        assertThat(user.hasRole("editor")).isTrue();
        assertThat(user.roles()).containsExactlyInAnyOrder("clerk", "editor");
        assertThat(user.groups()).containsExactly("clerk");
        assertThat(metadata.fingerprint()).isEqualTo(session.handle().text());
        assertThat(sessions.keeper().csrfTokens().isOf(session.handle(), metadata.csrfToken()))
                .isTrue();
        assertThat(metadata.createdAt()).isEqualTo(TestSessions.START);
        assertThat(metadata.insertedAt()).isEqualTo(TestSessions.START);
        assertThat(metadata.expiresAt()).isEqualTo(TestSessions.START.plus(TestSessions.IDLE));
        assertThat(metadata.entries()).isEqualTo(Map.of("desk", "three"));
        assertThat(metadata.get("desk")).contains("three");
    }

    @Test
    @Tag("P-01")
    @Tag("P-82")
    void showAnAnonymousUserWhereNobodyIsSignedIn() {
        assertThat(user.isAnonymous()).isTrue();
        assertThat(user.name()).isEmpty();
        assertThat(user.roles()).isEmpty();
        assertThat(user.groups()).isEmpty();
        assertThat(user.hasRole("clerk")).isFalse();
        assertThat(metadata.entries()).isEmpty();
        assertThat(metadata.get("desk")).isEmpty();
        assertThatThrownBy(metadata::fingerprint).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(metadata::csrfToken).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> metadata.put("desk", "three")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> metadata.remove("desk")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    @Tag("X-39")
    void showWhatTheRequestHasChanged() {
        signIn("ann");
        int writes = sessions.cache().writes();

        metadata.put("desk", "4");
        metadata.put("note", "x");
        metadata.remove("note");
        assertThat(metadata.entries()).isEqualTo(Map.of("desk", "4"));
        assertThat(metadata.get("desk", Integer::valueOf)).contains(4);
        assertThat(metadata.get("note", Integer::valueOf)).isEmpty();
        assertThat(sessions.cache().writes()).isEqualTo(writes);
    }

    @Test
    void sayWhichEntryCannotBeRead() {
        signIn("ann");

        assertThatThrownBy(() -> metadata.get("desk", Integer::valueOf))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("desk");
    }

    @Test
    @Tag("P-15")
    void keepNoMoreThanTheBounds() {
        signIn("ann");
        metadata.put("note", "x");

        assertThatThrownBy(() -> metadata.put("n".repeat(65), "x")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> metadata.put("note", "x".repeat(513)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("note has 513 characters");
        assertThat(metadata.get("note")).contains("x");
    }

    @Test
    @Tag("X-09")
    void handNothingOnToTheNextUser() {
        signIn("ann");
        metadata.put("second-factor", "yes");

        signIn("bob");
        assertThat(metadata.entries()).isEqualTo(Map.of("desk", "three"));
        metadata.put("note", "of bob");
        assertThat(metadata.entries()).isEqualTo(Map.of("desk", "three", "note", "of bob"));
    }

    private void signIn(String name) {
        LiveSession session = sessions.beginWith(name, draft -> draft.put("desk", "three"));
        request.setAttribute(RequestLogin.ATTRIBUTE, new RequestLogin.SignedIn(session));
    }

    @Test
    @Tag("X-28")
    void throwWhereNobodyKnowsWhoIsCalling() {
        request.setAttribute(
                RequestLogin.ATTRIBUTE, new RequestLogin.Unavailable(new PosternException("The grid is gone.")));

        assertThatThrownBy(user::isAnonymous).isInstanceOf(PosternException.class);
        assertThatThrownBy(user::roles).isInstanceOf(PosternException.class);
        assertThatThrownBy(metadata::entries).isInstanceOf(PosternException.class);
    }

    @Test
    void showTheHistoryOfAnyUserOnAnyThread() {
        end();
        assertThat(all.history("ann"))
                .containsExactly(new EndedSession(
                        HANDLE.text(), TestSessions.START, TestSessions.START.plusSeconds(1), Ending.REVOKED));
    }

    private UserHistory history() {
        SessionArchive kept = (user, most, deadline) ->
                List.of(new PastSession(HANDLE, TestSessions.START, TestSessions.START.plusSeconds(1), Ending.REVOKED));
        return new UserHistory(Optional.of(kept), sessions.mint(), Duration.ofSeconds(1));
    }

    private static ServletContext context(DeclaredRoles roles) {
        return (ServletContext) Proxy.newProxyInstance(
                ServletContext.class.getClassLoader(),
                new Class<?>[] {ServletContext.class},
                (self, method, arguments) -> {
                    assertThat(method.getName()).isEqualTo("getAttribute");
                    return roles;
                });
    }
}
