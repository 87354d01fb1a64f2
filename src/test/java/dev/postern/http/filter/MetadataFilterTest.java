package dev.postern.http.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.AccessRefusal;
import dev.postern.PosternException;
import dev.postern.http.TestDesk;
import dev.postern.http.request.UnwrappedRequest;
import dev.postern.session.LiveSession;
import dev.postern.session.TestSessions;
import dev.postern.session.request.RequestEdits;
import dev.postern.session.request.RequestLogin;
import dev.postern.testing.Injection;
import dev.postern.testing.TestRequest;
import dev.postern.testing.TestResponse;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** When a servlet has changed its session's metadata. */
@Tag("X-39")
class MetadataFilterTest {

    private final TestSessions sessions = new TestSessions();
    private final LiveSession session = sessions.begin("ann");
    private final HttpServletRequest request = new TestRequest().get();
    private final TestResponse response = new TestResponse();
    private final RequestEdits edits = new RequestEdits(sessions.keeper(), session);

    @BeforeEach
    void signIn() {
        request.setAttribute(RequestLogin.ATTRIBUTE, new RequestLogin.SignedIn(session));
    }

    @Test
    void isSavedWhenTheServletHasAnswered() throws Exception {
        filter((any, answer) -> change("note", "x"));

        assertThat(sessions.active(session.token()).metadata()).isEqualTo(Map.of("note", "x"));
        assertThat(UnwrappedRequest.login(request).session().orElseThrow().row())
                .isEqualTo(sessions.active(session.token()));
    }

    @Test
    void isSavedOnce() throws Exception {
        int writes = sessions.cache().writes();
        filter((any, answer) -> {
            change("note", "x");
            change("note", "y");
        });
        filter((any, answer) -> {});

        assertThat(sessions.cache().writes()).isEqualTo(writes + 1);
        assertThat(sessions.active(session.token()).metadata()).isEqualTo(Map.of("note", "y"));
    }

    @Test
    void isDroppedWhenTheServletAnswersThatSomethingIsWrong() throws Exception {
        filter((any, answer) -> {
            change("note", "x");
            response.get().setStatus(400);
        });

        assertNothingSaved();
    }

    @Test
    void isDroppedWhenTheServletFails() {
        assertThatThrownBy(() -> filter((any, answer) -> {
                    change("note", "x");
                    throw new ServletException("failed");
                }))
                .hasMessage("failed");

        assertNothingSaved();
    }

    @Test
    void isDroppedWhenTheUserHasSignedOut() throws Exception {
        filter((any, answer) -> {
            change("note", "x");
            request.setAttribute(RequestLogin.ATTRIBUTE, new RequestLogin.Anonymous());
        });

        assertNothingSaved();
    }

    @Test
    @Tag("X-09")
    void isDroppedWhenAnotherUserHasSignedIn() throws Exception {
        LiveSession other = sessions.begin("bob");
        filter((any, answer) -> {
            change("note", "x");
            request.setAttribute(RequestLogin.ATTRIBUTE, new RequestLogin.SignedIn(other));
        });

        assertNothingSaved();
        assertThat(sessions.active(other.token()).metadata()).isEmpty();
    }

    @Test
    @Tag("X-28")
    void thatCannotBeSavedMakesTheAnswer503() throws Exception {
        sessions.cache().beforeNextWrite(() -> {
            throw new PosternException("gone");
        });

        filter((any, answer) -> change("note", "x"));
        assertThat(response.status()).isEqualTo(503);
        assertThat(response.headers("Retry-After")).containsExactly("1");
        Object refusal = request.getAttribute(AccessRefusal.ATTRIBUTE);
        assertThat(refusal).isEqualTo(new AccessRefusal(503, "Sessions are not available. Try again."));
        assertNothingSaved();
    }

    @Test
    void thatCannotBeSavedLeavesAnAnswerThatIsOnItsWay() throws Exception {
        sessions.cache().beforeNextWrite(() -> {
            throw new PosternException("gone");
        });
        response.commit();

        filter((any, answer) -> change("note", "x"));
        assertThat(response.status()).isEqualTo(200);
        assertNothingSaved();
    }

    /** Between two of the filter's questions. */
    @Test
    void isSavedWhenAnotherThreadHasCompletedTheRequest() throws Exception {
        HttpServletRequest completing = new HttpServletRequestWrapper(request) {
            @Override
            public boolean isAsyncStarted() {
                return true;
            }

            @Override
            public AsyncContext getAsyncContext() {
                throw new IllegalStateException("completed");
            }
        };

        filter(completing, (any, answer) -> change("note", "x"));
        assertThat(sessions.active(session.token()).metadata()).isEqualTo(Map.of("note", "x"));
    }

    private void change(String name, String value) {
        request.setAttribute(RequestEdits.ATTRIBUTE, edits);
        edits.change(session, name, Optional.of(value));
    }

    private void assertNothingSaved() {
        assertThat(sessions.active(session.token())).isEqualTo(session.row());
        assertThat(edits.on(session)).isEmpty();
    }

    private void filter(FilterChain application) throws Exception {
        filter(request, application);
    }

    private void filter(HttpServletRequest asked, FilterChain application) throws Exception {
        TestDesk desk = new TestDesk();
        Injection.into(new PosternFilter(), desk.authenticator, desk.signOut)
                .doFilter(asked, response.get(), application);
    }
}
