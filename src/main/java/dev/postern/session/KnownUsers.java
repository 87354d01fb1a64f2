package dev.postern.session;

import dev.postern.CurrentUserLoader;
import dev.postern.PosternException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Who the users of sessions are now: what the application's own source says, or where it has none what they were at sign-in.
 * Remembers answers for as long as the settings allow, those of this node alone, and never that somebody is gone.
 *
 * <p>Safe for concurrent use.
 */
public final class KnownUsers {

    private static final int REMEMBERED = 10_000;

    private final Optional<Source<?>> source;
    private final long nanosToRemember;
    private final LongSupplier nanoTime;
    private final Map<String, Answer> answers = new LinkedHashMap<>();

    private KnownUsers(Optional<Source<?>> source, Duration every, LongSupplier nanoTime) {
        this.source = source;
        this.nanosToRemember = every.toNanos();
        this.nanoTime = nanoTime;
    }

    /** Users who stay what they were. */
    public static KnownUsers unchanging() {
        return new KnownUsers(Optional.empty(), Duration.ZERO, () -> 0);
    }

    /** Users who are looked up once in a while; with zero each time. */
    public static KnownUsers of(CurrentUserLoader<?> loader, Duration every, LongSupplier nanoTime) {
        return new KnownUsers(Optional.of(new Source<>(loader)), every, nanoTime);
    }

    /** What the source said, and when it was asked. */
    private record Answer(Set<String> roles, Map<String, String> attributes, Object own, long at) {

        KnownUser about(User kept) {
            Map<String, String> all = new HashMap<>(kept.attributes());
            all.putAll(attributes);
            return new KnownUser(new User(kept.name(), roles, all), Optional.of(own));
        }
    }

    /** Asks for one type of users. */
    private record Source<T>(CurrentUserLoader<T> loader) {

        Optional<Answer> load(String name, long now) {
            try {
                return loader.load(name).map(own -> new Answer(loader.roles(own), loader.attributes(own), own, now));
            } catch (PosternException e) {
                throw e;
            } catch (RuntimeException e) {
                throw new UsersUnknownException(e);
            }
        }
    }

    /**
     * A user who has just proved who they are. Nothing when the application knows none of that name.
     *
     * @throws PosternException when the application cannot say
     */
    public Optional<KnownUser> atSignIn(User proven) {
        return source.isPresent() ? load(source.get(), proven) : unchanged(proven);
    }

    /** The user of a session, who may be remembered; the same otherwise. */
    public Optional<KnownUser> now(User kept) {
        if (source.isEmpty()) {
            return unchanged(kept);
        }
        Optional<Answer> known = remembered(kept.name());
        return known.isPresent() ? known.map(answer -> answer.about(kept)) : load(source.get(), kept);
    }

    private static Optional<KnownUser> unchanged(User user) {
        return Optional.of(new KnownUser(user, Optional.empty()));
    }

    private Optional<KnownUser> load(Source<?> from, User kept) {
        Optional<Answer> answer = from.load(kept.name(), nanoTime.getAsLong());
        if (nanosToRemember > 0) {
            remember(kept.name(), answer);
        }
        return answer.map(known -> known.about(kept));
    }

    private synchronized Optional<Answer> remembered(String name) {
        return Optional.ofNullable(answers.get(name))
                .filter(answer -> nanoTime.getAsLong() - answer.at < nanosToRemember);
    }

    /** Those that were asked for longest ago are forgotten first. */
    private synchronized void remember(String name, Optional<Answer> answer) {
        answers.remove(name);
        answer.ifPresent(fresh -> answers.put(name, fresh));
        if (answers.size() > REMEMBERED) {
            answers.remove(answers.keySet().iterator().next());
        }
    }
}
