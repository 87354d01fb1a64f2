package dev.postern.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.session.generation.ClusterTime;
import dev.postern.session.generation.RequestSource;
import dev.postern.session.rotation.Rotation;
import dev.postern.session.rotation.RotationDecision;
import dev.postern.session.row.SessionRow.Active;
import dev.postern.session.row.TestRows;
import dev.postern.session.token.ClientHash;
import dev.postern.session.token.Token;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Tag;

/** Until when a copy of a row decides as the row does, for rows that random clients have made. */
@Tag("L4")
class AcceptedUntilTest {

    private static final int STEPS = 40;

    private final Rotation rotation = new Rotation(TestRows.LIMITS);

    @Property
    void everyUseBeforeItIsAcceptedWithoutAWrite(@ForAll long seed) {
        Random random = new Random(seed);
        TestSessions sessions = new TestSessions();
        List<Token> tokens = new ArrayList<>(List.of(sessions.begin("ann").token()));
        for (int step = 0; step < STEPS; step++) {
            sessions.twin().pass(pause(random));
            Token token = tokens.get(random.nextInt(tokens.size()));
            if (random.nextInt(12) == 0) {
                tokens.add(sessions.beginOver(token, "ann").token());
            } else if (sessions.resume(token) instanceof ResumeResult.Live live) {
                live.successor().ifPresent(tokens::add);
            }
            for (Token known : tokens) {
                if (sessions.row(known).orElse(null) instanceof Active row) {
                    check(random, row, known, sessions.twin().now());
                }
            }
        }
    }

    private void check(Random random, Active row, Token token, Instant now) {
        Optional<Instant> until = rotation.acceptedUntil(row, token);
        for (int i = 0; i < 4 && until.filter(now::isBefore).isPresent(); i++) {
            long left = Duration.between(now, until.get()).toMillis();
            Instant at = i == 0 ? until.get().minusMillis(1) : now.plusMillis((long) (random.nextDouble() * left));
            RequestSource source = new RequestSource(new ClientHash(random.nextInt(3)), random.nextBoolean());
            assertThat(rotation.decide(row, token, source, new ClusterTime(at, random.nextBoolean())))
                    .isEqualTo(new RotationDecision.Accept(row));
        }
    }

    private static Duration pause(Random random) {
        Duration longest = switch (random.nextInt(3)) {
            case 0 -> Duration.ofSeconds(2);
            case 1 -> TestSessions.GRACE.multipliedBy(2);
            default -> TestSessions.RENEW;
        };
        return Duration.ofMillis((long) (random.nextDouble() * longest.toMillis()));
    }
}
