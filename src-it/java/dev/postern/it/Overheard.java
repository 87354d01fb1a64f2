package dev.postern.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/** What the observers of one node have heard of ended sessions. */
record Overheard(URI node) {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    static Overheard at(URI node) {
        return new Overheard(node);
    }

    /** Returns once the node has heard of the end of the session. */
    void awaits(String handle) {
        assertThat(Poll.untilEnough(PATIENCE, () -> lines(handle), lines -> lines.size() >= 2))
                .as("news of %s at %s", handle, node)
                .hasSize(2);
    }

    /** One piece of news each for the observer and the asynchronous observer, in the application's surroundings. */
    void heardOnce(String reason, String handle) {
        assertThat(lines(handle))
                .as("news of %s at %s", handle, node)
                .hasSize(2)
                .satisfiesOnlyOnce(line -> assertThat(line)
                        .startsWith("sync " + reason + " " + handle)
                        .contains("thread=postern-watch-", "loader=true", "scope=active"));
        assertThat(lines(handle)).contains("async " + reason + " " + handle);
    }

    private List<String> lines(String handle) {
        return Browser.getWith(node.resolve("overs?" + handle))
                .has(200)
                .body()
                .lines()
                .toList();
    }
}
