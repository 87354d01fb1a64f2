package dev.postern.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a request changes in its session's metadata: the other node knows it as soon as the answer is there, or never. */
interface EditedMetadata extends OnTwoNodes {

    @Test
    @Tag("X-39")
    default void metadataIsSavedWhenTheMethodReturns() {
        browser().signIn(nodes().a(), "clerk", "clerk-pw").has(201);

        assertThat(Map.of(
                        "api/notes/bean", 200,
                        "api/notes/bean/refusing", 409,
                        "api/notes/ejb", 200,
                        "api/notes/ejb/refusing", 409,
                        "api/notes/bean/promising", 200,
                        "api/notes/plain", 200,
                        "api/notes/plain/promising", 200,
                        "notes/servlet", 200))
                .allSatisfy((path, status) -> {
                    String note = change(path, status);
                    assertThat(saved()).contains("\"note\":\"" + note + "\"");
                });
    }

    /** The client may have its answer before the request is over. */
    @Test
    @Tag("X-39")
    default void metadataIsSavedWhenAnAsynchronousServletIsDone() {
        browser().signIn(nodes().a(), "clerk", "clerk-pw").has(201);

        String note = change("notes/servlet/promising", 200);
        await(note).atMost(Duration.ofSeconds(5)).until(() -> saved().contains(note));
    }

    @Test
    @Tag("X-39")
    default void metadataIsDroppedWhenTheMethodThrows() {
        browser().signIn(nodes().a(), "clerk", "clerk-pw").has(201);
        String note = change("api/notes/bean", 200);

        assertThat(Map.of(
                        "api/notes/bean/throwing", 200,
                        "api/notes/bean/failing", 500,
                        "api/notes/bean/breaking", 500,
                        "api/notes/ejb/failing", 500,
                        "api/notes/plain/failing", 500,
                        "api/notes/plain/breaking", 500,
                        "notes/servlet/refusing", 409,
                        "notes/servlet/failing", 500))
                .allSatisfy((path, status) -> {
                    change(path, status);
                    assertThat(saved()).contains("\"note\":\"" + note + "\"");
                });
    }

    /** An error of a method that nobody sees return. */
    @Test
    @Tag("X-39")
    default void metadataIsDroppedWhereAnErrorIsAllThatIsSeen() {
        browser().signIn(nodes().a(), "clerk", "clerk-pw").has(201);
        String former = change("api/notes/bean", 200);
        change("api/notes/plain/refusing", 409);

        assertThat(saved()).contains("\"note\":\"" + former + "\"");
    }

    /** Has the entry changed, sees that the request itself knows, and answers what it was changed to. */
    private String change(String path, int status) {
        String note = UUID.randomUUID().toString();
        Reply reply = browser().get(nodes().a().resolve(path + "?note=" + note)).has(status);
        if (status < 500) {
            reply.hasBody().isEqualTo(note);
        }
        return note;
    }

    private String saved() {
        return browser().get(nodes().b().resolve("postern/session")).has(200).body();
    }
}
