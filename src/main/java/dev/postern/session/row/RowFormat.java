package dev.postern.session.row;

import dev.postern.Ending;
import dev.postern.session.generation.Generation;
import dev.postern.session.generation.OfferedTokens;
import dev.postern.session.generation.OfferedTokens.Offer;
import dev.postern.session.generation.RetiredTokens;
import dev.postern.session.generation.RetiredTokens.RetiredToken;
import dev.postern.session.generation.RetiredTokens.Retirement;
import dev.postern.session.row.SessionRow.Active;
import dev.postern.session.row.SessionRow.Epoch;
import dev.postern.session.row.SessionRow.Epoch.Spared;
import dev.postern.session.row.SessionRow.HalfWay;
import dev.postern.session.row.SessionRow.ProviderName;
import dev.postern.session.row.SessionRow.Revoked;
import dev.postern.session.token.ClientHash;
import dev.postern.session.token.Handle;
import dev.postern.session.user.SessionUser;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;

/**
 * The binary format of a row. It begins with a version and a kind. Equal rows have equal bytes.
 *
 * <p>Reading is strict, to the last byte, and allocates no more than there are bytes. Bytes of another version are
 * <em>no row</em>, never an exception, and go to no other decoder (CVE-2026-39324). One version counts for all kinds.
 * So another version makes every stored row unreadable. While nodes of both versions run, each cannot read the rows of
 * the other.
 *
 * <table>
 * <caption>Rows of another version</caption>
 * <tr><th>Kind</th><th>What follows, until the map drops the row</th></tr>
 * <tr><td>session</td><td>it is over, and its user has to sign in again</td></tr>
 * <tr><td>sign-in without its second factor</td><td>its user has to begin it again</td></tr>
 * <tr><td>name at an identity provider</td><td>the provider cannot end what it names, and its users cannot sign in or
 *     go on: 503</td></tr>
 * <tr><td>tombstone</td><td>its session stays over; merges do not repair the row</td></tr>
 * <tr><td>epoch</td><td>its user cannot sign in: 503, unless {@code Sessions.revokeAll} replaces it (B7)</td></tr>
 * </table>
 *
 * <p>Safe for concurrent use.
 */
public final class RowFormat {

    /** The largest row, in bytes. */
    public static final int MOST_BYTES = 64 * 1024;

    /** The longest text, in bytes, and the most texts in one place. */
    static final int MOST_LENGTH = 0xFFFF;

    /**
     * One for all kinds. Another one makes all stored rows unreadable: see the class comment. It
     * is not 2, because encrypted rows begin with 2 ({@link RowEncryption}).
     */
    private static final byte VERSION = 1;

    private static final byte ACTIVE = 1;
    private static final byte REVOKED = 2;
    private static final byte EPOCH = 3;
    private static final byte HALF_WAY = 4;
    private static final byte PROVIDER_NAME = 5;

    /**
     * The bytes of a row.
     *
     * @throws IllegalArgumentException if something in the row is larger than a row can hold
     */
    public byte[] encode(SessionRow row) {
        RowWriter out = new RowWriter().octet(VERSION);
        if (row instanceof Active active) {
            write(active, out.octet(ACTIVE));
        } else if (row instanceof Revoked revoked) {
            out.octet(REVOKED).time(revoked.at()).octet(code(revoked.reason())).time(revoked.absoluteDeadline());
        } else if (row instanceof Epoch epoch) {
            out.octet(EPOCH)
                    .time(epoch.notBefore())
                    .text(epoch.spared().map(spared -> spared.session().text()).orElse(""));
            epoch.spared().ifPresent(spared -> out.time(spared.notBefore()));
        } else if (row instanceof HalfWay halfWay) {
            write(halfWay, out.octet(HALF_WAY));
        } else if (row instanceof ProviderName name) {
            out.octet(PROVIDER_NAME).time(name.ended()).times(name.named());
        }
        return out.bytes();
    }

    /** The row in the bytes; empty if they are no row. */
    public Optional<SessionRow> decode(byte[] bytes) {
        if (bytes.length > MOST_BYTES) {
            return Optional.empty();
        }
        try {
            RowReader in = new RowReader(bytes);
            SessionRow row = read(in);
            in.end();
            return Optional.of(row);
        } catch (RowReader.UnreadableRowException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static SessionRow read(RowReader in) {
        in.expect(VERSION);
        byte kind = in.octet();
        return switch (kind) {
            case ACTIVE -> active(in);
            case REVOKED -> new Revoked(in.time(), ending(in.octet()), in.time());
            case EPOCH -> new Epoch(in.time(), spared(in.text(), in));
            case HALF_WAY -> halfWay(in);
            case PROVIDER_NAME -> providerName(in.time(), in.times(ProviderName.MOST_MERGED));
            default -> throw new RowReader.UnreadableRowException("kind " + kind);
        };
    }

    private static ProviderName providerName(Instant ended, SortedMap<RowKey, Instant> named) {
        return new ProviderName(named, ended);
    }

    private static Optional<Spared> spared(String handle, RowReader in) {
        return handle.isEmpty() ? Optional.empty() : Optional.of(new Spared(new Handle(handle), in.time()));
    }

    /** Each reason has a fixed code, so that the order of the public enum does not matter. */
    private static byte code(Ending ending) {
        return switch (ending) {
            case SIGNED_OUT -> 1;
            case REPLACED -> 2;
            case REVOKED -> 3;
            case REUSED -> 4;
            case EVICTED -> 5;
            case USER_GONE -> 6;
            case EXPIRED -> 7;
            case SIGNED_OUT_AT_PROVIDER -> 8;
        };
    }

    private static Ending ending(byte code) {
        return Stream.of(Ending.values())
                .filter(ending -> code(ending) == code)
                .findFirst()
                .orElseThrow(() -> new RowReader.UnreadableRowException("ending " + code));
    }

    private static void write(HalfWay row, RowWriter out) {
        write(row.user(), out);
        HalfWay.Progress progress = row.progress();
        out.texts(row.methods())
                .flag(row.isRemembered())
                .time(row.epoch())
                .time(row.deadline())
                .octet((byte) progress.attempts())
                .flag(progress.isOver())
                .bits(progress.mark());
    }

    private static HalfWay halfWay(RowReader in) {
        return new HalfWay(
                user(in),
                in.texts(),
                in.flag(),
                in.time(),
                in.time(),
                new HalfWay.Progress(in.octet(), in.flag(), in.bits()));
    }

    private static void write(SessionUser user, RowWriter out) {
        out.text(user.name()).texts(user.roles()).entries(user.attributes());
    }

    private static SessionUser user(RowReader in) {
        return new SessionUser(in.text(), in.texts(), in.entries());
    }

    private static void write(Active active, RowWriter out) {
        write(active.user(), out);
        SessionTimes times = active.times();
        out.time(times.created())
                .time(times.authenticated())
                .time(times.lastSeen())
                .time(times.idleDeadline())
                .time(times.absoluteDeadline());
        out.texts(active.methods());
        GenerationFormat.write(active.generation(), out);
        out.flag(active.isRemembered()).entries(active.metadata());
    }

    private static Active active(RowReader in) {
        SessionUser user = user(in);
        SessionTimes times = new SessionTimes(in.time(), in.time(), in.time(), in.time(), in.time());
        return new Active(user, times, in.texts(), GenerationFormat.read(in), in.flag(), in.entries());
    }

    /** The part of the format that holds the generation of a session. */
    static final class GenerationFormat {

        private GenerationFormat() {}

        static void write(Generation generation, RowWriter out) {
            out.number(generation.number())
                    .time(generation.since())
                    .number(generation.issued())
                    .hash(generation.current());
            write(generation.offers(), out);
            out.octet((byte) generation.retired().all().size());
            generation
                    .retired()
                    .all()
                    .forEach(
                            token -> out.number(token.number()).time(token.at()).octet(code(token.retirement())));
        }

        private static void write(OfferedTokens offers, RowWriter out) {
            out.octet((byte) offers.all().size());
            offers.all()
                    .forEach(offer -> out.number(offer.number())
                            .hash(offer.hash())
                            .time(offer.at())
                            .bits(offer.client().bits()));
            if (!offers.isEmpty()) {
                out.octet((byte) offers.unanswered()).time(offers.since());
            }
        }

        static Generation read(RowReader in) {
            return new Generation(in.number(), in.time(), in.number(), in.hash(), offers(in), retired(in));
        }

        private static OfferedTokens offers(RowReader in) {
            List<Offer> offers = new ArrayList<>();
            for (int left = count(in, OfferedTokens.MOST, "offers"); left > 0; left--) {
                offers.add(new Offer(in.number(), in.hash(), in.time(), new ClientHash(in.bits())));
            }
            return offers.isEmpty() ? OfferedTokens.NONE : new OfferedTokens(offers, in.octet(), in.time());
        }

        private static RetiredTokens retired(RowReader in) {
            List<RetiredToken> retired = new ArrayList<>();
            for (int left = count(in, RetiredTokens.MOST, "retired tokens"); left > 0; left--) {
                retired.add(new RetiredToken(in.number(), in.time(), retirement(in.octet())));
            }
            return new RetiredTokens(retired);
        }

        private static int count(RowReader in, int most, String what) {
            int count = in.octet();
            if (count < 0 || count > most) {
                throw new RowReader.UnreadableRowException(count + " " + what);
            }
            return count;
        }

        private static byte code(Retirement retirement) {
            return switch (retirement) {
                case RENEWED -> 1;
                case REAUTHENTICATED -> 2;
                case REAUTHENTICATED_UNCONFIRMED -> 3;
                case NEVER_USED -> 4;
                case RENEWED_UNCONFIRMED -> 5;
                case OVERTAKEN -> 6;
                case RETURNED -> 7;
            };
        }

        private static Retirement retirement(byte code) {
            return Stream.of(Retirement.values())
                    .filter(retirement -> code(retirement) == code)
                    .findFirst()
                    .orElseThrow(() -> new RowReader.UnreadableRowException("retirement " + code));
        }
    }
}
