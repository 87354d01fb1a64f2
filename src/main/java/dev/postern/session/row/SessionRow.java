package dev.postern.session.row;

import dev.postern.AuthenticationMethods;
import dev.postern.Ending;
import dev.postern.session.generation.Generation;
import dev.postern.session.token.Handle;
import dev.postern.session.user.SessionUser;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What is stored under a key of the credentials cache, as the bytes of {@link RowFormat}. Another field in one of the
 * five kinds changes the bytes, and so needs another version of the format. Then no stored row can be read any more.
 *
 * <p>Immutable.
 */
public sealed interface SessionRow {

    /**
     * Why the session of this handle is over at this time; empty if it is alive. Every use case decides by this method.
     *
     * @param epoch the epoch of the session's user, or {@link Epoch#NONE} where it has not been read
     */
    default Optional<Ending> ending(Handle session, Epoch epoch, Instant now) {
        if (this instanceof Revoked revoked) {
            return Optional.of(revoked.reason());
        }
        if (this instanceof Active active && epoch.ends(session, active)) {
            return Optional.of(Ending.REVOKED);
        }
        return this instanceof Active active && active.times().areOver(now)
                ? Optional.of(Ending.EXPIRED)
                : Optional.empty();
    }

    /** The row, if it is a session that is alive: see {@link #ending}. */
    default Optional<Active> ifAlive(Handle session, Epoch epoch, Instant now) {
        return this instanceof Active active && ending(session, epoch, now).isEmpty()
                ? Optional.of(active)
                : Optional.empty();
    }

    /**
     * A session. Its times and its user's epoch decide whether it is alive.
     *
     * @param methods how the user was proven at the last sign-in; empty if that is not known
     */
    record Active(
            SessionUser user,
            SessionTimes times,
            Set<String> methods,
            Generation generation,
            boolean isRemembered,
            Map<String, String> metadata)
            implements SessionRow {

        public Active {
            methods = AuthenticationMethods.of(methods);
            metadata = Map.copyOf(metadata);
        }

        public Active withTimes(SessionTimes changed) {
            return new Active(user, changed, methods, generation, isRemembered, metadata);
        }

        public Active withGeneration(Generation changed) {
            return new Active(user, times, methods, changed, isRemembered, metadata);
        }

        public Active withMetadata(Map<String, String> changed) {
            return new Active(user, times, methods, generation, isRemembered, changed);
        }

        /**
         * The tombstone of the session. Its deadline is the latest that any copy of the row can have: that of this row,
         * or the absolute limit from now on. In another part of a split the user may just have signed in again, and
         * that restarts both limits.
         */
        public Revoked tombstone(Instant now, Ending reason, SessionTimes.Limits lifespan) {
            Instant latest = now.plus(lifespan.absolute());
            Instant known = times.absoluteDeadline();
            return new Revoked(now, reason, known.isAfter(latest) ? known : latest);
        }
    }

    /**
     * A tombstone: the session has ended for good.
     *
     * @param absoluteDeadline the latest one that a copy of the session can have, because the tombstone has to outlive
     *     them all
     */
    record Revoked(Instant at, Ending reason, Instant absoluteDeadline) implements SessionRow {}

    /**
     * A sign-in that lacks its second factor. It is no session, and opens nothing.
     *
     * @param user the user whose first factor was right
     * @param methods how the user was proven so far
     * @param isRemembered whether the session is to outlive the browser
     * @param epoch the time of the user's epoch at the beginning: a later one makes the sign-in void
     * @param deadline when it is over
     * @param progress what has become of it
     */
    record HalfWay(
            SessionUser user,
            Set<String> methods,
            boolean isRemembered,
            Instant epoch,
            Instant deadline,
            Progress progress)
            implements SessionRow {

        /** How many second factors may be tried. */
        public static final int MOST_ATTEMPTS = 5;

        public HalfWay {
            methods = AuthenticationMethods.of(methods);
        }

        /**
         * What has become of a sign-in that lacks its second factor.
         *
         * @param attempts how many second factors were tried, from 0 to {@link HalfWay#MOST_ATTEMPTS}
         * @param isOver whether it was completed or given up
         * @param mark a random number of the last writer, so that no two writes are equal and each knows its own
         */
        public record Progress(int attempts, boolean isOver, long mark) {

            public Progress {
                if (attempts < 0 || attempts > MOST_ATTEMPTS) {
                    throw new IllegalArgumentException("A sign-in has 0 to " + MOST_ATTEMPTS + " attempts.");
                }
            }
        }

        /** Whether it can still be completed, by an attempt that has begun. That may be the last one. */
        public boolean isGoingOn(Instant now) {
            return !progress.isOver() && now.isBefore(deadline);
        }

        /** Whether another attempt may begin. */
        public boolean hasAttempt(Instant now) {
            return isGoingOn(now) && progress.attempts() < MOST_ATTEMPTS;
        }

        /** Whether all sessions of the user were ended since it began. */
        public boolean isVoid(Epoch now) {
            return now.notBefore().isAfter(epoch);
        }

        /** This sign-in, with an attempt more. */
        public HalfWay tried(long mark) {
            return with(new Progress(progress.attempts() + 1, false, mark));
        }

        /** This sign-in, which is completed or given up now. */
        public HalfWay over(long mark) {
            return with(new Progress(progress.attempts(), true, mark));
        }

        private HalfWay with(Progress next) {
            return new HalfWay(user, methods, isRemembered, epoch, deadline, next);
        }
    }

    /**
     * What an identity provider knows under one name: one of its subjects, or one of its own sessions. It says which
     * sessions here began with it, so that the provider can end them.
     *
     * <p>More than {@value #MOST} sessions are not listed: then the users are, and all of their sessions end.
     *
     * @param named the keys of sessions, or of epochs for all sessions of a user; each with the time at which it may be
     *     forgotten, because its sessions are over by then
     * @param ended when the provider ended it, by the provider's clock; {@link Instant#EPOCH} if it has not
     */
    record ProviderName(SortedMap<RowKey, Instant> named, Instant ended) implements SessionRow {

        /** The most keys that a sign-in leaves. */
        public static final int MOST = 64;

        /** The most keys after a merge, of which the ones that live longest stay. */
        static final int MOST_MERGED = 4 * MOST;

        /** A name of which nothing is known. */
        public static final ProviderName UNKNOWN = new ProviderName(new TreeMap<>(), Instant.EPOCH);

        public ProviderName {
            if (named.size() > MOST_MERGED
                    || named.keySet().stream().anyMatch(key -> key.user().isEmpty())) {
                throw new IllegalArgumentException("A name at a provider has sessions of users, and not too many.");
            }
            named = Collections.unmodifiableSortedMap(new TreeMap<>(named));
        }

        /** This name, under which the key is known until then as well. Empty if there are too many users. */
        public Optional<ProviderName> with(RowKey key, Instant until, Instant now) {
            SortedMap<RowKey, Instant> all = new TreeMap<>(named);
            all.values().removeIf(end -> end.isBefore(now));
            RowKey user = RowKey.epoch(key.user().orElseThrow());
            boolean isKnown = all.containsKey(user) || all.containsKey(key);
            all.merge(key, until, SessionRow::later);
            SortedMap<RowKey, Instant> few = shortened(all);
            return few.size() > MOST && !isKnown ? Optional.empty() : Optional.of(new ProviderName(few, ended));
        }

        /** This name without those of its keys. */
        public ProviderName without(Predicate<RowKey> isLeftOut) {
            SortedMap<RowKey, Instant> left = new TreeMap<>(named);
            left.keySet().removeIf(isLeftOut);
            return new ProviderName(left, ended);
        }

        /** This name, which the provider has ended at that time. */
        public ProviderName endedAt(Instant time) {
            return new ProviderName(named, later(ended, time));
        }

        /** What either of the two says. */
        public ProviderName and(ProviderName other) {
            SortedMap<RowKey, Instant> all = new TreeMap<>(named);
            other.named.forEach((key, until) -> all.merge(key, until, SessionRow::later));
            SortedMap<RowKey, Instant> few = shortened(all);
            Comparator<Map.Entry<RowKey, Instant>> byTime = Map.Entry.comparingByValue();
            SortedMap<RowKey, Instant> kept = new TreeMap<>();
            few.entrySet().stream()
                    .sorted(byTime.reversed().thenComparing(Map.Entry.comparingByKey()))
                    .limit(MOST_MERGED)
                    .forEach(entry -> kept.put(entry.getKey(), entry.getValue()));
            return new ProviderName(kept, later(ended, other.ended));
        }

        /** Lists no session whose user is listed, and users alone if there are too many keys. */
        private static SortedMap<RowKey, Instant> shortened(SortedMap<RowKey, Instant> all) {
            SortedMap<RowKey, Instant> few = byUser(all, all.keySet()::contains);
            return few.size() > MOST ? byUser(few, user -> true) : few;
        }

        private static SortedMap<RowKey, Instant> byUser(SortedMap<RowKey, Instant> all, Predicate<RowKey> isListed) {
            SortedMap<RowKey, Instant> few = new TreeMap<>();
            all.forEach((key, until) -> {
                RowKey user = RowKey.epoch(key.user().orElseThrow());
                few.merge(isListed.test(user) ? user : key, until, SessionRow::later);
            });
            return few;
        }
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /**
     * Ends all sessions of a user that were created before a time. One session may be spared: the one from which the
     * user ended all others. A user has one epoch, and a new one also ends what the former one has ended.
     */
    record Epoch(Instant notBefore, Optional<Spared> spared) implements SessionRow {

        /** A session that the epoch ends only if it was created before this earlier time. */
        public record Spared(Handle session, Instant notBefore) {}

        /** The epoch of a user whose sessions were never ended all at once. */
        public static final Epoch NONE = new Epoch(Instant.EPOCH, Optional.empty());

        /**
         * Whether the row is an epoch that ends nothing. It does not ask {@code equals}: Java 17 keeps the class of the
         * record whose {@code equals} ran for the first time last, and with it the application that it belongs to.
         */
        public static boolean isNone(SessionRow row) {
            return row instanceof Epoch epoch && epoch.spared.isEmpty() && epoch.notBefore.equals(Instant.EPOCH);
        }

        public Epoch {
            if (spared.isPresent() && !spared.get().notBefore().isBefore(notBefore)) {
                throw new IllegalArgumentException("The time of the spared session must be before that of all others.");
            }
        }

        public boolean ends(Handle session, Active row) {
            return row.times().created().isBefore(bound(session));
        }

        /** Whether this epoch has a later time for the session than the former one. */
        public boolean isRaisedFor(Handle session, Epoch former) {
            return bound(session).isAfter(former.bound(session));
        }

        /** A later epoch, which spares the session that is kept, if there is one. */
        public Epoch raisedTo(Instant time, Optional<Handle> kept) {
            return new Epoch(time, kept.map(session -> new Spared(session, bound(session))));
        }

        /** The epoch that ends what either of the two ends, and nothing else. */
        public Epoch and(Epoch other) {
            Instant latest = later(notBefore, other.notBefore);
            return new Epoch(
                    latest,
                    Stream.of(spared, other.spared)
                            .flatMap(Optional::stream)
                            .map(Spared::session)
                            .map(session -> new Spared(session, later(bound(session), other.bound(session))))
                            .filter(session -> session.notBefore().isBefore(latest))
                            .findFirst());
        }

        /** The epoch ends the session if it was created before this time. */
        private Instant bound(Handle session) {
            return spared.filter(one -> one.session().equals(session))
                    .map(Spared::notBefore)
                    .orElse(notBefore);
        }
    }
}
