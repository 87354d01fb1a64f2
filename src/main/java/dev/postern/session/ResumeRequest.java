package dev.postern.session;

import dev.postern.MetadataDraft;
import dev.postern.session.generation.RequestSource;
import java.util.function.Consumer;

/**
 * How a request uses its session. A passive request, a poll for instance, neither extends nor renews the session. An
 * active one does.
 *
 * <p>Immutable, as far as the contributors are.
 *
 * @param origin where the request comes from
 * @param onRenewal changes the metadata when the secret is renewed
 * @param onTouch changes the metadata when a use is written
 */
public record ResumeRequest(
        boolean isPassive, RequestSource origin, Consumer<MetadataDraft> onRenewal, Consumer<MetadataDraft> onTouch) {

    /** A passive request. */
    public static final ResumeRequest PASSIVE =
            new ResumeRequest(true, RequestSource.UNKNOWN, draft -> {}, draft -> {});

    /** An active request. */
    public static ResumeRequest active(
            RequestSource origin, Consumer<MetadataDraft> onRenewal, Consumer<MetadataDraft> onTouch) {
        return new ResumeRequest(false, origin, onRenewal, onTouch);
    }

    /** An active request of an unknown client. */
    public static ResumeRequest active(Consumer<MetadataDraft> onRenewal) {
        return active(RequestSource.UNKNOWN, onRenewal, draft -> {});
    }
}
