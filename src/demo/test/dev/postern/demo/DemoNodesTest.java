package dev.postern.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DemoNodesTest {

    private final DemoNodes nodes = DemoNodes.of("8080, 8081", "http://127.0.0.1:40000");

    @Test
    void pagesOfTheNodesAreTheOnlyOrigins() {
        assertThat(nodes.isOrigin("http://localhost:8081")).isTrue();
        assertThat(nodes.isOrigin("http://localhost:8082")).isFalse();
        assertThat(nodes.isOrigin("https://localhost:8081")).isFalse();
        assertThat(nodes.isOrigin("http://localhost.evil.example:8081")).isFalse();
    }

    @Test
    void pageMayConnectToNodesAndLauncher() {
        assertThat(nodes.connectSources())
                .isEqualTo("http://localhost:8080 ws://localhost:8080 http://localhost:8081 ws://localhost:8081"
                        + " http://127.0.0.1:40000");
    }

    @Test
    void withoutALauncherThereIsNone() {
        assertThat(DemoNodes.of("8080", "").connectSources()).isEqualTo("http://localhost:8080 ws://localhost:8080");
    }
}
