package dev.postern.session;

import dev.postern.MetadataDraft;
import dev.postern.session.generation.RequestSource;
import java.util.function.Consumer;

/**
 * How a request uses its session. A request that only looks, a poll for instance, neither extends nor renews it. One
 * that counts does, and brings where it comes from, who adds metadata when the session is renewed, and who does
 * whenever a use is written down.
 *
 * <p>Immutable, as far as the contributors are.
 */
public record ResumeRequest(
        boolean isPassive, RequestSource origin, Consumer<MetadataDraft> onRenewal, Consumer<MetadataDraft> onTouch) {

    /** It only looks. */
    public static final ResumeRequest PASSIVE =
            new ResumeRequest(true, RequestSource.UNKNOWN, draft -> {}, draft -> {});

    /** It counts. */
    public static ResumeRequest active(
            RequestSource origin, Consumer<MetadataDraft> onRenewal, Consumer<MetadataDraft> onTouch) {
        return new ResumeRequest(false, origin, onRenewal, onTouch);
    }

    /** It counts, and nothing is known of its client. */
    public static ResumeRequest active(Consumer<MetadataDraft> onRenewal) {
        return active(RequestSource.UNKNOWN, onRenewal, draft -> {});
    }
}
