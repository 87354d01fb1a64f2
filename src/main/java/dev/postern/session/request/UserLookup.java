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
 * Who the users of sessions are now: what the application's own source says, or where it has none what they were at
 * sign-in. Remembers answers for as long as the settings allow, those of this node alone, and never that a user is
 * gone.
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

    /** Users who stay what they were. */
    public static UserLookup unchanging() {
        return new UserLookup(Optional.empty(), Duration.ZERO, UserLookup::unused, () -> 0);
    }

    private static Handle unused(String name) {
        throw new IllegalStateException("Without a CurrentUserLoader no user is looked up.");
    }

    /** Users who are looked up once in {@code every}; with zero each time. A user with several names is kept once. */
    public static UserLookup of(
            CurrentUserLoader<?> loader, Duration every, Function<String, Handle> handles, LongSupplier nanoTime) {
        return new UserLookup(Optional.of(new Source<>(loader)), every, handles, nanoTime);
    }

    /** What the source said of the user of that very name, and when it was asked: stores may tell spellings apart. */
    private record Answer(String name, Set<String> roles, Map<String, String> attributes, Object own, long at) {

        LoadedUser about(SessionUser kept) {
            Map<String, String> all = new HashMap<>(kept.attributes());
            all.putAll(attributes);
            return new LoadedUser(new SessionUser(kept.name(), roles, all), Optional.of(own));
        }
    }

    /** Asks for one type of users. */
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

    /** The name by which the application knows the user of that name, where one has several. */
    public String canonicalName(String name) {
        return source.map(from -> from.loader().canonicalName(name)).orElse(name);
    }

    /**
     * A user who has just signed in. Empty if the application knows none of that name.
     *
     * @throws PosternException when the application cannot say
     */
    public Optional<LoadedUser> atSignIn(SessionUser proven) {
        return source.isPresent() ? load(source.get(), proven, () -> handles.apply(proven.name())) : unchanged(proven);
    }

    /** The user of a session, who may be remembered; the same otherwise. */
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

    /** Those that were asked for longest ago are forgotten first. */
    private synchronized void remember(Handle user, Optional<Answer> answer) {
        answers.remove(user);
        answer.ifPresent(fresh -> answers.put(user, fresh));
        if (answers.size() > REMEMBERED) {
            answers.remove(answers.keySet().iterator().next());
        }
    }

    /**
     * A user, and what the application itself knows of them, where it can say so.
     *
     * <p>Immutable, as far as the application's own object is.
     */
    public record LoadedUser(SessionUser user, Optional<Object> own) {}
}
