package dev.postern.it;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/** Many requests at once, with the same header, half of them to each node. */
final class Burst {

    static final int REQUESTS = 64;

    /** How many of them get a successor at most: one is offered, and one request in 32 is drawn besides. */
    static final int FEW = 20;

    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private Burst() {}

    static List<Reply> of(TwoNodes nodes, String path, String header, String value) {
        List<CompletableFuture<HttpResponse<String>>> pending = IntStream.range(0, REQUESTS)
                .mapToObj(i -> (i % 2 == 0 ? nodes.a() : nodes.b()).resolve(path))
                .map(uri -> send(uri, header, value))
                .toList();
        return pending.stream().map(CompletableFuture::join).map(Burst::checked).toList();
    }

    private static Reply checked(HttpResponse<String> response) {
        Discretion.check(response.headers(), response.body());
        return new Reply(response);
    }

    private static CompletableFuture<HttpResponse<String>> send(URI uri, String header, String value) {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header(header, value)
                .timeout(PATIENCE)
                .build();
        return CLIENT.sendAsync(request, BodyHandlers.ofString());
    }
}
