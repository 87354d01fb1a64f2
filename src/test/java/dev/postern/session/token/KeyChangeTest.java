package dev.postern.session.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.session.ResumeResult;
import dev.postern.session.SessionKeeper;
import dev.postern.session.SignInRequest;
import dev.postern.session.TestSessions;
import dev.postern.session.event.EventPublisher;
import dev.postern.session.row.RowCodec;
import dev.postern.session.row.RowEncryption;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.RowTtl;
import dev.postern.session.row.TestRows;
import dev.postern.session.store.RowStore;
import dev.postern.testing.InMemoryCredentialsCache;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A key of the ring that is changed on one node after the other. */
@Tag("X-16")
@Tag("S-45")
class KeyChangeTest {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String INDEX = key();
    private static final String OLD = "1:" + key();
    private static final String NEW = "2:" + key();

    private final InMemoryCredentialsCache twin = new InMemoryCredentialsCache(
            new RowTtl(codec(ring(OLD, NEW)), TestRows.LIMITS.longestIdle(), TestRows.LIMITS.longestAbsolute()),
            TestSessions.START);
    private final SessionKeeper behind = node(OLD, NEW);
    private final SessionKeeper ahead = node(NEW, OLD);

    @Test
    void signsNobodyOutWhileTheNewKeyComesToTheFront() {
        Token token = begin(behind);

        assertThat(writtenBy(ahead, token)).isEqualTo(2);
        assertThat(writtenBy(behind, token)).isEqualTo(1);
        assertThat(writtenBy(ahead, token)).isEqualTo(2);
        assertThat(behind.resume(token.reveal(), TestSessions.ACTIVE)).isInstanceOf(ResumeResult.Live.class);
    }

    @Test
    void signsNobodyOutWhoseTokenIsRenewedMeanwhile() {
        Token token = begin(behind);
        twin.pass(TestSessions.RENEW);
        Token successor = live(ahead, token).successor().orElseThrow();

        assertThat(TokenMint.key(successor)).isEqualTo((byte) 2);
        live(behind, successor);
    }

    @Test
    void isDroppedWithoutSigningAnybodyOutWhoCameAfterTheNewOneWasInFront() {
        Token token = begin(ahead);

        live(node(NEW), token);
    }

    @Test
    @Tag("S-14")
    void signsEverybodyOutWhenTheFormerKeyIsNotKept() {
        Token token = begin(behind);

        assertThat(node(NEW).resume(token.reveal(), TestSessions.ACTIVE)).isInstanceOf(ResumeResult.Malformed.class);
    }

    /** Why a new key stands last on every node before it comes to the front on any. */
    @Test
    void isUnreadableToANodeThatDoesNotHaveIt() {
        Token token = begin(behind);
        writtenBy(ahead, token);

        assertThat(node(OLD).resume(token.reveal(), TestSessions.ACTIVE)).isInstanceOf(ResumeResult.Absent.class);
    }

    /** The id of the key under which the session's row is sealed after that node has let its user in. */
    private int writtenBy(SessionKeeper node, Token token) {
        twin.pass(TestSessions.TOUCH);
        live(node, token);
        return twin.read(RowKey.of(token), TestSessions.soon()).orElseThrow()[1];
    }

    private static Token begin(SessionKeeper node) {
        return node.begin(new SignInRequest(TestSessions.user("ann"), false, Optional.empty(), draft -> {}))
                .orElseThrow()
                .token();
    }

    private static ResumeResult.Live live(SessionKeeper node, Token token) {
        ResumeResult result = node.resume(token.reveal(), TestSessions.ACTIVE);
        assertThat(result).isInstanceOf(ResumeResult.Live.class);
        return (ResumeResult.Live) result;
    }

    private SessionKeeper node(String... keys) {
        KeyRing ring = ring(keys);
        RowStore rows = new RowStore(twin, codec(ring), Duration.ofSeconds(1), TestRows.watch(twin));
        return new SessionKeeper(
                rows, new TokenMint("shop", () -> ring, RANDOM), TestRows.LIMITS, new EventPublisher(event -> {}));
    }

    private static RowCodec codec(KeyRing ring) {
        return RowCodec.encrypted(new RowEncryption("shop", ring, RANDOM));
    }

    private static KeyRing ring(String... keys) {
        return KeyRing.parse(String.join(",", keys), INDEX);
    }

    private static String key() {
        byte[] bytes = new byte[KeyRing.KEY_BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }
}
