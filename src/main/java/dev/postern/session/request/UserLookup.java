package dev.postern.session.request;

import dev.postern.CurrentUserLoader;
import dev.postern.PosternException;
import dev.postern.session.LiveSession;
import dev.postern.session.token.Handle;
import dev.postern.session.user.SessionUser;
import dev.postern.session.user.UserLookupException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Looks up who the user of a session is now, in the application's {@link CurrentUserLoader}. Without a loader users
 * stay what they were at the sign-in. Answers are remembered on this node for as long as the settings allow, except
 * that a user is gone.
 *
 * <p>Safe for concurrent use.
 */
public final class UserLookup {

    private static final int REMEMBERED = 10_000;

    private final Optional<Source<?>> source;
    private final Function<String, Handle> handles;
    private final long nanosToRemember;
    private final LongSupplier nanoTime;
    private final Map<Handle, Answer> answers = new LinkedHashMap<>();

    private UserLookup(
            Optional<Source<?>> source, Duration every, Function<String, Handle> handles, LongSupplier nanoTime) {
        this.source = source;
        this.handles = handles;
        this.nanosToRemember = every.toNanos();
        this.nanoTime = nanoTime;
    }

    /** A lookup without a loader: users stay what they were at the sign-in. */
    public static UserLookup unchanging() {
        return new UserLookup(Optional.empty(), Duration.ZERO, UserLookup::unused, () -> 0);
    }

    private static Handle unused(String name) {
        throw new IllegalStateException("Without a loader no user is remembered.");
    }

    /**
     * A lookup in the loader.
     *
     * @param every how long an answer is remembered; zero for no time
     * @param handles gives all names of one user the same handle, so that the user is remembered once
     */
    public static UserLookup of(
            CurrentUserLoader<?> loader, Duration every, Function<String, Handle> handles, LongSupplier nanoTime) {
        return new UserLookup(Optional.of(new Source<>(loader)), every, handles, nanoTime);
    }

    /** What the loader said of the user, by exactly that name, because a store may tell spellings apart. */
    private record Answer(String name, Set<String> roles, Map<String, String> attributes, Object own, long at) {

        LoadedUser about(SessionUser kept) {
            Map<String, String> all = new HashMap<>(kept.attributes());
            all.putAll(attributes);
            return new LoadedUser(new SessionUser(kept.name(), roles, all), Optional.of(own));
        }
    }

    /** A loader of one type of users. */
    private record Source<T>(CurrentUserLoader<T> loader) {

        Optional<Answer> load(String name, long now) {
            try {
                return loader.load(name)
                        .map(own -> new Answer(name, loader.roles(own), loader.attributes(own), own, now));
            } catch (PosternException e) {
                throw e;
            } catch (RuntimeException e) {
                throw new UserLookupException(e);
            }
        }
    }

    /** The application's one name of the user of that name; the name itself without a loader. */
    public String canonicalName(String name) {
        return source.map(from -> from.loader().canonicalName(name)).orElse(name);
    }

    /**
     * A user who is signing in. Empty if the loader does not know the user.
     *
     * @throws PosternException when the loader fails
     */
    public Optional<LoadedUser> atSignIn(SessionUser proven) {
        return source.isPresent() ? load(source.get(), proven, () -> handles.apply(proven.name())) : unchanged(proven);
    }

    /**
     * The user of a session, who may be remembered. Empty if the loader does not know the user any more.
     *
     * @throws PosternException when the loader fails
     */
    public Optional<LoadedUser> now(LiveSession session) {
        SessionUser kept = session.row().user();
        Handle handle = session.token().user();
        if (source.isEmpty()) {
            return unchanged(kept);
        }
        Optional<Answer> known =
                remembered(handle).filter(answer -> answer.name().equals(kept.name()));
        return known.isPresent() ? known.map(answer -> answer.about(kept)) : load(source.get(), kept, () -> handle);
    }

    private static Optional<LoadedUser> unchanged(SessionUser user) {
        return Optional.of(new LoadedUser(user, Optional.empty()));
    }

    private Optional<LoadedUser> load(Source<?> from, SessionUser kept, Supplier<Handle> handle) {
        Optional<Answer> answer = from.load(kept.name(), nanoTime.getAsLong());
        if (nanosToRemember > 0) {
            remember(handle.get(), answer);
        }
        return answer.map(known -> known.about(kept));
    }

    private synchronized Optional<Answer> remembered(Handle user) {
        return Optional.ofNullable(answers.get(user))
                .filter(answer -> nanoTime.getAsLong() - answer.at < nanosToRemember);
    }

    /** Forgets the answer that was loaded longest ago, when there are too many. */
    private synchronized void remember(Handle user, Optional<Answer> answer) {
        answers.remove(user);
        answer.ifPresent(fresh -> answers.put(user, fresh));
        if (answers.size() > REMEMBERED) {
            answers.remove(answers.keySet().iterator().next());
        }
    }

    /**
     * A user as loaded now.
     *
     * <p>Immutable, as far as the application's own object is.
     *
     * @param own the application's own object; empty without a loader
     */
    public record LoadedUser(SessionUser user, Optional<Object> own) {}
}
