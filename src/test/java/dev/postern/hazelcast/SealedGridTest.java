package dev.postern.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.Ending;
import dev.postern.hazelcast.setup.FreePlaces;
import dev.postern.hazelcast.setup.HazelcastSettings;
import dev.postern.hazelcast.setup.MemberAddress;
import dev.postern.session.LiveSession;
import dev.postern.session.ResumeResult;
import dev.postern.session.SessionKeeper;
import dev.postern.session.SignInRequest;
import dev.postern.session.TestSessions;
import dev.postern.session.event.EventPublisher;
import dev.postern.session.generation.ClockJumpDetector;
import dev.postern.session.row.RowCodec;
import dev.postern.session.row.RowEncryption;
import dev.postern.session.row.RowTtl;
import dev.postern.session.row.TestRows;
import dev.postern.session.store.RowStore;
import dev.postern.session.token.KeyRing;
import dev.postern.session.token.Token;
import dev.postern.session.token.TokenMint;
import dev.postern.session.user.SessionUser;
import dev.postern.testing.Needles;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a member without the application can read of sessions, in its heap and in its traffic. */
@Tag("G21")
@Tag("I9")
@Tag("S-50")
class SealedGridTest {

    private static final int SESSIONS = 200;
    private static final String NAME = "ann-whom-nobody-knows";
    private static final String ROLE = "clerk-of-the-postern";
    private static final String NOTE = "a note that is private";
    private static final int SECRET_AT = 2 + 16 + 16 + 4;

    private final String namespace = "sealed-" + UUID.randomUUID();
    private final KeyRing ring = KeyRing.drawn(random(2 * KeyRing.KEY_BYTES));
    private final List<String> tokens = new ArrayList<>();

    @Test
    void neitherHeapNorTrafficShowsAUserOrATokenWhenRowsAreSealed(@TempDir Path directory) throws Exception {
        RowCodec sealed = RowCodec.encrypted(new RowEncryption(namespace, ring, new SecureRandom()));

        assertThat(found(sealed, directory)).isEmpty();
    }

    @Test
    void plainRowsShowUsersButNoToken(@TempDir Path directory) throws Exception {
        assertThat(found(RowCodec.plain(), directory))
                .containsExactly(
                        "heap: name", "heap: note", "heap: role", "traffic: name", "traffic: note", "traffic: role");
    }

    private Set<String> found(RowCodec codec, Path directory) throws Exception {
        try (Tap tap = new Tap()) {
            int port = FreePlaces.on("127.0.0.1").port();
            tap.leadTo(port);
            try (ForeignMember foreign =
                    ForeignMember.start("postern-" + namespace, port, tap.port(), directory.resolve("member.log"))) {
                use(codec, tap.port());
                byte[] heap = foreign.heap(directory.resolve("heap.hprof"));
                return found(heap, tap.heard());
            }
        }
    }

    private Set<String> found(byte[] heap, List<byte[]> traffic) {
        Needles needles = new Needles().add("name", NAME).add("role", ROLE).add("note", NOTE);
        for (String token : tokens) {
            byte[] bytes = Base64.getUrlDecoder().decode(token);
            needles.add("token", token).add("secret", Arrays.copyOfRange(bytes, SECRET_AT, SECRET_AT + 32));
        }
        Set<String> found = new TreeSet<>();
        needles.in(heap).forEach(name -> found.add("heap: " + name));
        traffic.forEach(said -> needles.in(said).forEach(name -> found.add("traffic: " + name)));
        return found;
    }

    /** Sessions begin, are used and end on this node while the other one keeps their rows. */
    private void use(RowCodec codec, int foreignPort) throws IOException {
        RowTtl lifetimes = new RowTtl(codec, TestRows.LIMITS.longestIdle(), TestRows.LIMITS.longestAbsolute());
        List<MemberAddress> members = List.of(FreePlaces.on("127.0.0.1"), new MemberAddress("127.0.0.1", foreignPort));
        HazelcastSettings settings =
                new HazelcastSettings(HazelcastSettings.Source.EMBEDDED, Optional.empty(), members, 2, 2);
        try (Grid grid = Grid.openOnAnyVersion(namespace, settings, lifetimes)) {
            RowStore rows = new RowStore(
                    grid.cache(lifetimes, InstantSource.system()),
                    codec,
                    Duration.ofSeconds(20),
                    new ClockJumpDetector(TestSessions.GRACE, System::nanoTime));
            TokenMint mint = new TokenMint(namespace, () -> ring, new SecureRandom());
            SessionKeeper keeper = new SessionKeeper(rows, mint, TestRows.LIMITS, new EventPublisher(event -> {}));
            for (int i = 0; i < SESSIONS; i++) {
                use(keeper, i);
            }
        }
    }

    private void use(SessionKeeper keeper, int number) {
        SessionUser user = new SessionUser(NAME + number % 50, Set.of(ROLE), Map.of());
        LiveSession session = keeper.begin(
                        new SignInRequest(user, false, Optional.empty(), draft -> draft.put("note", NOTE)))
                .orElseThrow();
        Token token = session.token();
        tokens.add(token.reveal());
        assertThat(keeper.resume(token.reveal(), TestSessions.ACTIVE)).isInstanceOf(ResumeResult.Live.class);
        if (number % 3 == 0) {
            keeper.end(token, Ending.SIGNED_OUT);
        } else if (number % 7 == 0) {
            keeper.userSessions().endOthers(user.name(), token.session());
        }
    }

    private static byte[] random(int count) {
        byte[] bytes = new byte[count];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }
}
