package dev.postern.it.faults;

import com.hazelcast.core.EntryView;
import com.hazelcast.core.Hazelcast;
import dev.postern.Ending;
import dev.postern.PosternException;
import dev.postern.hazelcast.Grid;
import dev.postern.session.ClockWatch;
import dev.postern.session.Handle;
import dev.postern.session.KeyRing;
import dev.postern.session.LiveSession;
import dev.postern.session.Resumption;
import dev.postern.session.RowCodec;
import dev.postern.session.RowKey;
import dev.postern.session.RowLifetimes;
import dev.postern.session.Rows;
import dev.postern.session.SessionFigures;
import dev.postern.session.SessionKeeper;
import dev.postern.session.SignIn;
import dev.postern.session.Token;
import dev.postern.session.TokenMint;
import dev.postern.session.Undertaker;
import dev.postern.session.Use;
import dev.postern.session.User;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The sessions of a node: the parts of an application's wiring, put together as the wiring does, with keys that all nodes share.
 *
 * <p>Safe for concurrent use.
 */
final class NodeSessions implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final Use ACTIVE = Use.active(draft -> {});
    private static final String SIGNING_KEY = "1:cG9zdGVybiBmYXVsdCByaWcsIHRoZSBzaWduaW5nIGtleQ==";
    private static final String INDEX_KEY = "cG9zdGVybiBmYXVsdCByaWcsIHRoZSBpbmRleCBrZXkhIQ==";

    private final Grid grid;
    private final String map;
    private final TokenMint mint;
    private final SessionKeeper keeper;
    private final Undertaker undertaker;

    private NodeSessions(NodeSettings settings, Grid grid, RowLifetimes lifetimes) {
        KeyRing ring = KeyRing.parse(SIGNING_KEY, INDEX_KEY);
        this.grid = grid;
        this.map = "postern.sessions." + settings.namespace();
        this.mint = new TokenMint(settings.namespace(), () -> ring, new SecureRandom());
        Rows rows = new Rows(
                grid.cache(lifetimes, InstantSource.system()),
                RowCodec.plain(),
                PATIENCE,
                new ClockWatch(settings.pace().grace(), System::nanoTime));
        this.keeper = new SessionKeeper(rows, mint, settings.pace().limits(), new SessionFigures(event -> {}));
        this.undertaker = new Undertaker(keeper, settings.namespace()).start();
        grid.watch(RowCodec.plain(), over -> {});
    }

    static NodeSessions open(NodeSettings settings) {
        RowLifetimes lifetimes =
                new RowLifetimes(RowCodec.plain(), settings.pace().limits());
        return new NodeSessions(settings, Grid.open(settings.namespace(), settings.grid(), lifetimes), lifetimes);
    }

    /** Stops the member gracefully. */
    @Override
    public void close() {
        undertaker.close();
        grid.close();
    }

    /** The answer in words, the first of which is the name of an {@link Answer.Outcome}. Never throws. */
    String answer(String request) {
        String[] words = request.split(" ", -1);
        try {
            return switch (Request.Kind.valueOf(words[0])) {
                case BEGIN -> begin(words[1]);
                case RESUME, COPY -> text(keeper.resume(words[1], ACTIVE));
                case LOOK -> text(keeper.resume(words[1], Use.PASSIVE));
                case END -> end(words[1]);
                case END_ALL -> endAll(words[1]);
                case LIFE -> life(words[1], words[2]);
            };
        } catch (PosternException e) {
            return Answer.Outcome.UNAVAILABLE + " " + e.getMessage();
        } catch (RuntimeException e) {
            return Answer.Outcome.FAILED + " " + e;
        }
    }

    private String begin(String user) {
        LiveSession session = keeper.begin(
                        new SignIn(new User(user, Set.of("clerk"), Map.of()), false, Optional.empty(), draft -> {}))
                .orElseThrow();
        return live(session, session.token().reveal());
    }

    private String end(String token) {
        keeper.end(keeper.recognise(token).orElseThrow(), Ending.SIGNED_OUT);
        return Answer.Outcome.ENDED.toString();
    }

    private String endAll(String user) {
        keeper.roster().endAll(user);
        return Answer.Outcome.ENDED.toString();
    }

    /** How long the map keeps the row, in seconds. */
    private String life(String user, String handle) {
        String key = RowKey.session(mint.userHandle(user), new Handle(handle)).text();
        EntryView<String, Object> view = Hazelcast.getAllHazelcastInstances()
                .iterator()
                .next()
                .<String, Object>getMap(map)
                .getEntryView(key);
        return view == null
                ? Answer.Outcome.ABSENT.toString()
                : Answer.Outcome.KEPT + " "
                        + Duration.between(Instant.now(), Instant.ofEpochMilli(view.getExpirationTime()))
                                .toSeconds();
    }

    private static String text(Resumption resumption) {
        if (resumption instanceof Resumption.Live live) {
            return live(live.session(), live.successor().map(Token::reveal).orElse("-"));
        }
        if (resumption instanceof Resumption.Over over) {
            return Answer.Outcome.OVER + " " + over.reason();
        }
        return resumption.getClass().getSimpleName().toUpperCase(Locale.ROOT);
    }

    private static String live(LiveSession session, String successor) {
        return String.join(
                " ",
                Answer.Outcome.LIVE.toString(),
                session.row().user().name(),
                session.handle().text(),
                successor);
    }
}
