package dev.postern.demo.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ControlServerTest {

    private static final String PAGE = "http://localhost:8080";

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<String> carriedOut = new ArrayList<>();
    private final DemoNode node =
            new DemoNode(1, 8080, new DemoNode.Launch(List.of("none"), Map.of(), Path.of("none.log"), "ready"));
    private final ControlServer server;

    ControlServerTest() throws IOException {
        server = ControlServer.open();
    }

    @BeforeEach
    void serve() {
        server.serve(List.of(node), List.of(PAGE), (each, action) -> {
            if (action.equals("freeze")) {
                throw new DemoException("node 1 is stopped, not \"running\"");
            }
            carriedOut.add(each.number() + " " + action);
        });
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    @Test
    void saysWhatTheNodesAreDoing() throws Exception {
        HttpResponse<String> answer = send("GET", "/nodes", PAGE, server.token());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).contains(PAGE);
        assertThat(answer.body()).isEqualTo("[{\"number\":1,\"port\":8080,\"state\":\"stopped\",\"pid\":0}]");
    }

    @Test
    void carriesOutWhatThePageAsks() throws Exception {
        assertThat(send("POST", "/nodes/1/start", PAGE, server.token()).statusCode())
                .isEqualTo(200);
        assertThat(carriedOut).containsExactly("1 start");
    }

    @Test
    void actionInTheWrongStateIs409WithASentence() throws Exception {
        HttpResponse<String> answer = send("POST", "/nodes/1/freeze", PAGE, server.token());

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).isEqualTo("{\"detail\":\"Not done: node 1 is stopped, not 'running'.\"}");
    }

    @Test
    void withoutTheTokenNothingHappens() throws Exception {
        assertThat(send("POST", "/nodes/1/kill", PAGE, "guessed").statusCode()).isEqualTo(403);
        assertThat(carriedOut).isEmpty();
    }

    @Test
    void anotherOriginMayNeitherActNorRead() throws Exception {
        HttpResponse<String> answer = send("POST", "/nodes/1/kill", "http://evil.example", server.token());

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.headers().map()).doesNotContainKey("access-control-allow-origin");
        assertThat(carriedOut).isEmpty();
    }

    @Test
    void preflightTellsThePageWhatItMaySend() throws Exception {
        HttpResponse<String> answer = send("OPTIONS", "/nodes/1/kill", PAGE, "");

        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.headers().firstValue("Access-Control-Allow-Headers")).contains("X-Demo-Token");
    }

    @Test
    void unknownNodeOrPathIs404() throws Exception {
        assertThat(send("POST", "/nodes/3/kill", PAGE, server.token()).statusCode())
                .isEqualTo(404);
        assertThat(send("GET", "/nodes/1", PAGE, server.token()).statusCode()).isEqualTo(404);
    }

    private HttpResponse<String> send(String method, String path, String origin, String token)
            throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create(server.url() + path))
                        .method(method, BodyPublishers.noBody())
                        .header("Origin", origin)
                        .header(ControlServer.TOKEN_HEADER, token)
                        .build(),
                BodyHandlers.ofString());
    }
}
