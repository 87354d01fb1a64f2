package dev.postern.session.row;

import dev.postern.Ending;
import dev.postern.session.row.SessionRow.Active;
import dev.postern.session.row.SessionRow.Epoch;
import dev.postern.session.row.SessionRow.Epoch.Spared;
import dev.postern.session.row.SessionRow.Revoked;
import dev.postern.session.token.Handle;
import dev.postern.session.user.SessionUser;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Rows as bytes and back. A row begins with a version and a kind; it is read strictly, to its last byte, and allocates
 * no more than it has bytes. Equal rows have equal bytes.
 *
 * <p>Bytes that are no row of this version are <em>no row</em>: never an exception, never another
 * decoder (CVE-2026-39324).
 *
 * <p>Safe for concurrent use.
 */
public final class RowFormat {

    /** How large a row can be. */
    public static final int MOST_BYTES = 64 * 1024;

    private static final byte VERSION = 1;
    private static final byte ACTIVE = 1;
    private static final byte REVOKED = 2;
    private static final byte EPOCH = 3;

    /**
     * The bytes of a row.
     *
     * @throws IllegalArgumentException when something in it is larger than a row can hold
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
        }
        return out.bytes();
    }

    /** The row in the bytes; empty if they are none. */
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
            default -> throw new RowReader.UnreadableRowException("kind " + kind);
        };
    }

    private static Optional<Spared> spared(String handle, RowReader in) {
        return handle.isEmpty() ? Optional.empty() : Optional.of(new Spared(new Handle(handle), in.time()));
    }

    /** Written out, so that the order of an enum of the public interface does not decide what stands in rows. */
    private static byte code(Ending ending) {
        return switch (ending) {
            case SIGNED_OUT -> 1;
            case REPLACED -> 2;
            case REVOKED -> 3;
            case REUSED -> 4;
            case EVICTED -> 5;
            case USER_GONE -> 6;
            case EXPIRED -> 7;
        };
    }

    private static Ending ending(byte code) {
        return Stream.of(Ending.values())
                .filter(ending -> code(ending) == code)
                .findFirst()
                .orElseThrow(() -> new RowReader.UnreadableRowException("ending " + code));
    }

    private static void write(Active active, RowWriter out) {
        out.text(active.user().name())
                .texts(active.user().roles())
                .entries(active.user().attributes());
        SessionTimes times = active.times();
        out.time(times.created())
                .time(times.authenticated())
                .time(times.lastSeen())
                .time(times.idleDeadline())
                .time(times.absoluteDeadline());
        GenerationFormat.write(active.generation(), out);
        out.flag(active.isRemembered()).entries(active.metadata());
    }

    private static Active active(RowReader in) {
        SessionUser user = new SessionUser(in.text(), in.texts(), in.entries());
        SessionTimes times = new SessionTimes(in.time(), in.time(), in.time(), in.time(), in.time());
        return new Active(user, times, GenerationFormat.read(in), in.flag(), in.entries());
    }
}
