package dev.postern.it.guest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.it.Browser;
import dev.postern.it.OnWildFlyByDay;
import dev.postern.it.Reply;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One account that signs in over and over. */
@OnWildFlyByDay
class ManySessionsIT {

    @RegisterExtension
    static final Guest GUEST = Guest.war("many", war -> war);

    @RegisterExtension
    static final Guest OPEN = Guest.war("open", war -> war, Map.of("postern.sign-in.most-per-user", "0"));

    @Test
    @Tag("B3")
    void signsInSoOftenAndIsThenToldToWait() throws IOException {
        Map<Integer, Integer> statuses = new TreeMap<>();
        String retryAfter = "";
        try (LocalClient client = new LocalClient(GUEST.root(), 1)) {
            for (int signIns = 0; signIns < 600; signIns++) {
                LocalClient.Answer answer = client.with("").signIn("clerk", "clerk-pw");
                statuses.merge(answer.status(), 1, Integer::sum);
                retryAfter = answer.headers().getOrDefault("retry-after", retryAfter);
            }
        }

        assertThat(statuses.keySet()).containsExactlyInAnyOrder(201, 429);
        assertThat(statuses.get(201)).isBetween(300, 400);
        assertThat(retryAfter).matches("[12]");
        new Browser().signIn(GUEST.root(), "customer", "customer-pw").has(201);
    }

    @Test
    @Tag("B1")
    @Tag("B3")
    void hasAHundredSessionsAndSeesThemPageByPage() throws IOException {
        for (int signIns = 0; signIns < 119; signIns++) {
            try (LocalClient client = new LocalClient(OPEN.root(), 1)) {
                assertThat(client.signIn("manager", "manager-pw").status()).isEqualTo(201);
            }
        }
        Browser browser = new Browser();
        browser.signIn(OPEN.root(), "manager", "manager-pw").has(201);

        Reply first = browser.get(OPEN.uri("postern/sessions")).has(200).isKeptFromCaches();
        assertThat(first.jsonList()).hasSize(50);
        assertThat(first.jsonList().get(0).getBoolean("current")).isTrue();
        List<Integer> sizes = new ArrayList<>();
        Set<String> handles = new HashSet<>();
        Reply page = browser.get(OPEN.uri("postern/sessions?limit=40")).has(200);
        sizes.add(add(page, handles));
        while (!page.headers("Link").isEmpty()) {
            page = browser.get(next(page)).has(200);
            sizes.add(add(page, handles));
        }

        assertThat(sizes).containsExactly(40, 40, 20);
        assertThat(handles).hasSize(100);
    }

    @Test
    @Tag("B1")
    void pageThatCannotBeIs400() {
        Browser browser = new Browser();
        browser.signIn(GUEST.root(), "chief", "chief-pw").has(201);

        for (String query : List.of("limit=0", "limit=101", "limit=x", "limit=-1", "after=x", "limit=99999999999")) {
            browser.get(GUEST.uri("postern/sessions?" + query)).has(400);
        }
        browser.get(GUEST.uri("postern/sessions?limit=1")).has(200);
    }

    private static int add(Reply page, Set<String> handles) {
        List<JsonObject> sessions = page.jsonList();
        sessions.forEach(session -> handles.add(session.getString("handle")));
        return sessions.size();
    }

    private static URI next(Reply page) {
        String link = page.header("Link");
        assertThat(link).matches("<.*>; rel=\"next\"");
        return page.response().uri().resolve(link.substring(1, link.indexOf('>')));
    }
}
