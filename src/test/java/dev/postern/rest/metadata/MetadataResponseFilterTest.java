package dev.postern.rest.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.AccessRefusal;
import dev.postern.PosternException;
import dev.postern.rest.Answering;
import dev.postern.session.LiveSession;
import dev.postern.session.TestSessions;
import dev.postern.session.request.RequestEdits;
import dev.postern.session.request.RequestLogin;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response.StatusType;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** When a resource method has changed its session's metadata. */
@Tag("X-39")
class MetadataResponseFilterTest {

    private final TestSessions sessions = new TestSessions();
    private final LiveSession session = sessions.begin("ann");
    private final RequestEdits edits = new RequestEdits(sessions.keeper(), session);
    private final Map<String, Object> properties = new HashMap<>();
    private final MultivaluedMap<String, Object> headers = new MultivaluedHashMap<>();
    private int status = 200;
    private Object entity = "done";

    @BeforeEach
    void changeSomething() {
        properties.put(RequestLogin.ATTRIBUTE, new RequestLogin.SignedIn(session));
        properties.put(RequestEdits.ATTRIBUTE, edits);
        edits.change(session, "note", Optional.of("x"));
        headers.putSingle("ETag", "1");
    }

    @Test
    void isSavedWithTheAnswer() {
        filter();

        assertThat(saved()).isEqualTo(Map.of("note", "x"));
        assertThat(RequestLogin.of(properties.get(RequestLogin.ATTRIBUTE))
                        .session()
                        .orElseThrow()
                        .row())
                .isEqualTo(sessions.active(session.token()));
        assertThat(entity).isEqualTo("done");
    }

    @Test
    void isDroppedWithAnError() {
        status = 400;
        filter();

        assertThat(saved()).isEmpty();
        assertThat(edits.on(session)).isEmpty();
    }

    @Test
    void isSavedWithAnErrorThatTheMethodHasReturned() {
        edits.keep();
        status = 409;
        filter();

        assertThat(saved()).isEqualTo(Map.of("note", "x"));
        assertThat(status).isEqualTo(409);
    }

    @Test
    @Tag("X-28")
    void makesTheAnswer503WhenItCannotBeSaved() {
        sessions.cache().beforeNextWrite(() -> {
            throw new PosternException("gone");
        });
        filter();

        assertThat(status).isEqualTo(503);
        assertThat(headers).containsOnlyKeys("Retry-After");
        assertThat(new String((byte[]) entity, StandardCharsets.UTF_8)).contains("not available");
        assertThat(properties.get(AccessRefusal.ATTRIBUTE))
                .isEqualTo(new AccessRefusal(503, "Sessions are not available. Try again."));
        assertThat(saved()).isEmpty();
    }

    @Test
    void isOfNoMatterToOtherRequests() {
        properties.remove(RequestEdits.ATTRIBUTE);
        filter();

        assertThat(saved()).isEmpty();
    }

    private Map<String, String> saved() {
        return sessions.active(session.token()).metadata();
    }

    private void filter() {
        new MetadataResponseFilter()
                .filter(
                        Answering.with(
                                ContainerRequestContext.class,
                                Map.of(
                                        "getProperty", name -> properties.get(name[0]),
                                        "getHeaderString", name -> "text/plain",
                                        "setProperty", entry -> properties.put((String) entry[0], entry[1]))),
                        Answering.with(
                                ContainerResponseContext.class,
                                Map.of(
                                        "getStatus", none -> status,
                                        "getHeaders", none -> headers,
                                        "setStatusInfo", info -> status = ((StatusType) info[0]).getStatusCode(),
                                        "setEntity", body -> entity = body[0])));
    }
}
