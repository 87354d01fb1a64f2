package dev.postern.it.rig.node;

import com.hazelcast.core.EntryView;
import com.hazelcast.core.Hazelcast;
import dev.postern.Ending;
import dev.postern.PosternException;
import dev.postern.hazelcast.Grid;
import dev.postern.it.rig.client.Answer;
import dev.postern.it.rig.client.Answer.Outcome;
import dev.postern.it.rig.client.NamedCaller;
import dev.postern.it.rig.client.Request;
import dev.postern.session.LiveSession;
import dev.postern.session.ResumeRequest;
import dev.postern.session.ResumeResult;
import dev.postern.session.SessionKeeper;
import dev.postern.session.SignInRequest;
import dev.postern.session.ending.EndingRetrier;
import dev.postern.session.event.EventPublisher;
import dev.postern.session.generation.ClockJumpDetector;
import dev.postern.session.lease.LeaseMetrics;
import dev.postern.session.lease.SessionCopies;
import dev.postern.session.row.RowCodec;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.RowTtl;
import dev.postern.session.store.RowStore;
import dev.postern.session.token.Handle;
import dev.postern.session.token.KeyRing;
import dev.postern.session.token.Token;
import dev.postern.session.token.TokenMint;
import dev.postern.session.user.SessionUser;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The sessions of a node: the parts of an application's wiring, put together as the wiring does, with keys that all nodes share.
 *
 * <p>Safe for concurrent use.
 */
final class MemberSessions implements AutoCloseable {

    private static final int MOST_COPIES = 10_000;
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final ResumeRequest ACTIVE = ResumeRequest.active(draft -> {});
    private static final String SIGNING_KEY = "1:cG9zdGVybiBmYXVsdCByaWcsIHRoZSBzaWduaW5nIGtleQ==";
    private static final String INDEX_KEY = "cG9zdGVybiBmYXVsdCByaWcsIHRoZSBpbmRleCBrZXkhIQ==";

    private final Grid grid;
    private final String map;
    private final TokenMint mint;
    private final SessionCopies copies;
    private final SessionKeeper keeper;
    private final EndingRetrier retrier;

    private MemberSessions(MemberSettings settings, Grid grid, RowTtl lifetimes) {
        KeyRing ring = KeyRing.parse(SIGNING_KEY, INDEX_KEY);
        this.grid = grid;
        this.map = "postern.sessions." + settings.namespace();
        this.mint = new TokenMint(settings.namespace(), () -> ring, new SecureRandom());
        RowStore rows = new RowStore(
                grid.cache(lifetimes, InstantSource.system()),
                RowCodec.plain(),
                PATIENCE,
                new ClockJumpDetector(settings.pace().grace(), System::nanoTime));
        this.copies = SessionCopies.open(grid.leases(), MOST_COPIES, new SecureRandom(), "lease");
        this.keeper = new SessionKeeper(
                rows, Optional.of(copies), mint, settings.pace().limits(), new EventPublisher(event -> {}));
        this.retrier = keeper.endingRetrier(settings.namespace()).start();
        grid.watch(RowCodec.plain(), over -> {});
    }

    static MemberSessions open(MemberSettings settings) {
        RowTtl lifetimes = new RowTtl(
                RowCodec.plain(),
                settings.pace().limits().longestIdle(),
                settings.pace().limits().longestAbsolute());
        return new MemberSessions(settings, Grid.open(settings.namespace(), settings.grid(), lifetimes), lifetimes);
    }

    /** Stops the member gracefully. */
    @Override
    public void close() {
        retrier.close();
        copies.close();
        grid.close();
    }

    /** The answer to a request: its kind, the user, the handle and the token. Never throws. */
    Answer answer(String... request) {
        String user = request[1];
        String token = request[3];
        try {
            return switch (Request.Kind.valueOf(request[0])) {
                case BEGIN -> begin(user);
                case RESUME, COPY -> answer(keeper.resume(token, ACTIVE));
                case LOOK -> answer(keeper.resume(token, ResumeRequest.PASSIVE));
                case END -> end(token);
                case END_ALL -> endAll(user);
                case END_ONE -> endOne(user, request[2]);
                case END_OTHERS -> endOthers(user, request[2]);
                case FIGURES -> figures();
                case LIFE -> life(user, request[2]);
            };
        } catch (PosternException e) {
            return Answer.of(Outcome.UNAVAILABLE, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            return Answer.of(Outcome.FAILED, e.toString());
        }
    }

    private Answer begin(String user) {
        LiveSession session = keeper.begin(new SignInRequest(
                        new SessionUser(user, Set.of("clerk"), Map.of()), false, Optional.empty(), draft -> {}))
                .orElseThrow();
        return live(session, session.token().reveal());
    }

    private Answer end(String token) {
        keeper.end(keeper.recognise(token).orElseThrow(), Ending.SIGNED_OUT);
        return Answer.of(Outcome.ENDED, "");
    }

    private Answer endAll(String user) {
        keeper.userSessions().endAll(user);
        return Answer.of(Outcome.ENDED, "");
    }

    /** A session that is over already stays so: an attempt before this one may have ended it. */
    private Answer endOne(String user, String handle) {
        boolean unused = keeper.userSessions().end(user, new Handle(handle));
        return Answer.of(Outcome.ENDED, "");
    }

    private Answer endOthers(String user, String kept) {
        return keeper.userSessions().endOthers(user, new Handle(kept))
                ? Answer.of(Outcome.ENDED, "")
                : Answer.of(Outcome.FAILED, "the session that was to be kept is over");
    }

    /** What the operator sees by JMX: copies, renewals and lapses of the lease, fenced nodes, and the longest wait in microseconds. */
    private Answer figures() {
        LeaseMetrics metrics = copies.metrics();
        return Answer.of(
                Outcome.LIVE,
                String.join(
                        " ",
                        Integer.toString(copies.size()),
                        Long.toString(metrics.renewals()),
                        Long.toString(metrics.lapses()),
                        Long.toString(metrics.fences()),
                        Long.toString(TimeUnit.NANOSECONDS.toMicros(metrics.longestWait()))));
    }

    /** How long the map keeps the row of a session that was ended, in seconds. */
    private Answer life(String user, String handle) {
        String key = RowKey.session(mint.userHandle(user), new Handle(handle)).text();
        EntryView<String, Object> view = Hazelcast.getAllHazelcastInstances()
                .iterator()
                .next()
                .<String, Object>getMap(map)
                .getEntryView(key);
        return view == null
                ? Answer.of(Outcome.REFUSED, "ABSENT")
                : Answer.of(
                        Outcome.ENDED,
                        Long.toString(Duration.between(Instant.now(), Instant.ofEpochMilli(view.getExpirationTime()))
                                .toSeconds()));
    }

    private static Answer answer(ResumeResult result) {
        if (result instanceof ResumeResult.Live live) {
            return live(live.session(), live.successor().map(Token::reveal).orElse(""));
        }
        if (result instanceof ResumeResult.Over over) {
            return Answer.of(Outcome.REFUSED, "OVER " + over.reason());
        }
        return Answer.of(Outcome.REFUSED, result.getClass().getSimpleName().toUpperCase(Locale.ROOT));
    }

    private static Answer live(LiveSession session, String successor) {
        String user = session.row().user().name();
        return new Answer(
                Outcome.LIVE, "", new NamedCaller(user, user, session.handle().text()), successor);
    }
}
