package dev.postern.session;

import dev.postern.Ending;
import dev.postern.session.event.EventPublisher;
import dev.postern.session.row.TestRows;
import dev.postern.session.store.CredentialsCache;
import dev.postern.session.token.KeyRing;
import dev.postern.session.token.Token;
import dev.postern.session.token.TokenMint;
import dev.postern.session.user.SessionUser;
import dev.postern.testing.InMemoryCredentialsCache;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;

/**
 * Clients that hold one session of ann's, each with a cookie of its own, at a time when the secret is to be renewed. They are
 * what Lincheck races: it makes a new instance for each run, and each thread is one client.
 *
 * <p>Time stands still and the random bytes are the same in every run, so a run depends on nothing but the schedule.
 */
public abstract class Clients {

    private static final int MOST_CLIENTS = 4;

    private final SessionKeeper keeper;
    private final Token[] cookies = new Token[MOST_CLIENTS];

    protected Clients(UnaryOperator<CredentialsCache> fault) {
        InMemoryCredentialsCache twin =
                new InMemoryCredentialsCache(TestRows.LIFETIMES, Instant.parse("2026-11-01T12:00:00Z"));
        KeyRing ring = KeyRing.drawn(new byte[2 * KeyRing.KEY_BYTES]);
        TokenMint mint = new TokenMint("shop", () -> ring, new Random(1));
        keeper = new SessionKeeper(
                TestRows.rows(fault.apply(twin), twin), mint, TestRows.LIMITS, new EventPublisher(event -> {}));
        Arrays.fill(cookies, begin(Person.ANN.name(), Optional.empty()).token());
        twin.pass(TestRows.LIMITS.renewal().after());
    }

    /** Somebody who can sign in. */
    public enum Person {
        ANN,
        BOB
    }

    /** What a client is told. */
    public enum Answer {
        /** Let in. */
        IN,
        /** Let in, and given the next token. */
        RENEWED,
        /** Not let in. */
        OUT,
        /** Signed in, still with the same session. */
        SAME_SESSION,
        /** Signed in, with a session of its own. */
        NEW_SESSION
    }

    /** The client makes a request with its cookie. */
    @Operation
    public Answer request(@Param(gen = ThreadIdGen.class) int client) {
        ResumeResult result = keeper.resume(cookies[client].reveal(), ResumeRequest.active(draft -> {}));
        if (!(result instanceof ResumeResult.Live live)) {
            return Answer.OUT;
        }
        live.successor().ifPresent(token -> cookies[client] = token);
        return live.successor().isPresent() ? Answer.RENEWED : Answer.IN;
    }

    /** Somebody signs in at the client, over the cookie that it has. */
    @Operation
    public Answer signIn(@Param(gen = ThreadIdGen.class) int client, Person person) {
        Token before = cookies[client];
        LiveSession begun = begin(person.name(), Optional.of(before));
        cookies[client] = begun.token();
        return begun.handle().equals(before.session()) ? Answer.SAME_SESSION : Answer.NEW_SESSION;
    }

    /** The client signs out, and keeps its cookie as a thief would. */
    @Operation
    public void signOut(@Param(gen = ThreadIdGen.class) int client) {
        keeper.end(cookies[client], Ending.SIGNED_OUT);
    }

    private LiveSession begin(String name, Optional<Token> presented) {
        return keeper.begin(new SignInRequest(new SessionUser(name, Set.of(), Map.of()), false, presented, draft -> {}))
                .orElseThrow();
    }
}
