package dev.postern.session.row;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.session.row.SessionRow.ProviderName;
import dev.postern.session.token.Handle;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** What is kept of a name at an identity provider. */
class ProviderNameTest {

    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
    private static final Instant LATER = NOW.plusSeconds(60);
    private static final RowKey KEY = RowKey.provider(handle(1));

    private final RowCodec codec = RowCodec.plain();
    private final RowMergeRule rule = new RowMergeRule(codec);

    @Test
    void forgetsSessionsThatAreOver() {
        ProviderName name = with(ProviderName.UNKNOWN, session(1, 1), NOW, NOW);
        name = with(name, session(1, 2), LATER, NOW);
        name = with(name, session(1, 3), LATER, NOW.plusMillis(1));

        assertThat(name.named()).containsOnlyKeys(session(1, 2), session(1, 3));
    }

    @Test
    void listsTheUserInPlaceOfTooManySessions() {
        ProviderName name = ProviderName.UNKNOWN;
        for (int session = 0; session < ProviderName.MOST; session++) {
            name = with(name, session(1, session), LATER, NOW);
        }
        assertThat(name.named()).hasSize(ProviderName.MOST);

        name = with(name, session(1, ProviderName.MOST), NOW.plusSeconds(1), NOW);

        assertThat(name.named()).containsOnly(Map.entry(RowKey.epoch(handle(1)), LATER));
    }

    @Test
    void refusesTooManyUsers() {
        ProviderName name = ProviderName.UNKNOWN;
        for (int user = 0; user < ProviderName.MOST; user++) {
            name = with(name, session(user, 1), LATER, NOW);
        }
        assertThat(name.with(session(ProviderName.MOST, 1), LATER, NOW)).isEmpty();
        assertThat(name.with(session(1, 2), LATER, NOW)).as("no user more").isPresent();
    }

    @Test
    void keepsItsLatestEnd() {
        assertThat(ProviderName.UNKNOWN.endedAt(LATER).endedAt(NOW).ended()).isEqualTo(LATER);
        assertThat(ProviderName.UNKNOWN.ended()).isEqualTo(Instant.EPOCH);
    }

    @Test
    void isKeptForLongerThanItsSessions() {
        Duration absolute = Duration.ofHours(12);
        RowTtl lifetimes = new RowTtl(codec, Duration.ofMinutes(30), absolute);
        ProviderName name = with(ProviderName.UNKNOWN, session(1, 1), NOW.plus(absolute), NOW);

        assertThat(lifetimes.timeToLive(KEY, codec.encode(KEY, name), NOW)).isGreaterThan(absolute);
        assertThat(lifetimes.timeToLive(KEY, codec.encode(KEY, ProviderName.UNKNOWN.endedAt(NOW)), NOW))
                .isGreaterThan(absolute);
    }

    @Test
    void isNoUsersRow() {
        assertThat(KEY.user()).isEmpty();
        assertThat(KEY.session()).isEmpty();
        assertThat(KEY.skippingOthers().text()).isEqualTo("provider/");
    }

    @RepeatedTest(200)
    void twoMergeIntoWhatEitherSays(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        ProviderName one = AnyRows.providerName(random);
        ProviderName two = AnyRows.providerName(random);

        ProviderName both = one.and(two);

        assertThat(both).isEqualTo(two.and(one)).isEqualTo(both.and(one));
        assertThat(both.named().keySet())
                .containsAll(one.named().keySet())
                .containsAll(two.named().keySet());
        assertThat(both.ended()).isAfterOrEqualTo(one.ended()).isAfterOrEqualTo(two.ended());
        byte[] here = codec.encode(KEY, one);
        byte[] there = codec.encode(KEY, two);
        for (byte[] merged : List.of(rule.winner(KEY, here, there), rule.winner(KEY, there, here))) {
            assertThat(codec.decode(KEY, merged)).contains(both);
        }
        assertThat(rule.toRewrite(KEY, Optional.of(here), Optional.empty())).contains(here);
    }

    @RepeatedTest(200)
    void twoWithManyKeysMergeIntoWhatEitherSays(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        int users = 1 + random.nextInt(ProviderName.MOST);
        ProviderName one = many(random, users);
        ProviderName two = many(random, users);

        ProviderName both = one.and(two);

        assertThat(both).isEqualTo(two.and(one)).isEqualTo(both.and(one)).isEqualTo(both.and(two));
        assertThat(both.named()).hasSizeLessThanOrEqualTo(ProviderName.MOST);
        for (ProviderName each : List.of(one, two)) {
            each.named()
                    .forEach((key, until) -> assertThat(both.named()
                                    .getOrDefault(
                                            key,
                                            both.named()
                                                    .get(RowKey.epoch(key.user().orElseThrow()))))
                            .isAfterOrEqualTo(until));
        }
    }

    private static ProviderName many(Random random, int users) {
        ProviderName name = ProviderName.UNKNOWN;
        for (int left = random.nextInt(2 * ProviderName.MOST); left > 0; left--) {
            name = with(
                    name,
                    session(random.nextInt(users), random.nextInt()),
                    LATER.plusSeconds(random.nextInt(1000)),
                    NOW);
        }
        return name;
    }

    /** After a merge there may be more users than a sign-in may leave. */
    @Test
    void knowsItsSessionsAlsoWhenThereAreTooManyUsers() {
        ProviderName both = users(0).and(users(1000));

        assertThat(both.with(session(1000, 7), LATER, NOW)).contains(both);
        assertThat(both.with(session(2000, 7), LATER, NOW)).isEmpty();
    }

    @Test
    void tokenIsKeptForAsLongAsItIsAccepted() {
        RowTtl lifetimes = new RowTtl(codec, Duration.ofMinutes(30), Duration.ofHours(12));
        RowKey token = RowKey.providerToken(handle(1));

        assertThat(lifetimes.timeToLive(token, codec.encode(token, ProviderName.UNKNOWN.endedAt(LATER)), NOW))
                .isEqualTo(Duration.ofMinutes(11));
        assertThat(token.skippingOthers().text()).isEqualTo("provider/");
    }

    @Test
    void twoOfManySessionsMergeIntoABoundedOne() {
        ProviderName one = users(0);
        ProviderName both =
                one.and(users(1000)).and(users(2000)).and(users(3000)).and(users(4000));

        assertThat(both.named()).hasSize(ProviderName.MOST_MERGED);
        assertThat(codec.encode(KEY, both).length).isLessThan(RowFormat.MOST_BYTES);
    }

    private static ProviderName users(int first) {
        TreeMap<RowKey, Instant> named = new TreeMap<>();
        for (int user = first; user < first + ProviderName.MOST; user++) {
            named.put(RowKey.epoch(handle(user)), LATER);
        }
        return new ProviderName(named, Instant.EPOCH);
    }

    private static ProviderName with(ProviderName name, RowKey key, Instant until, Instant now) {
        return name.with(key, until, now).orElseThrow();
    }

    private static RowKey session(int user, int session) {
        return RowKey.session(handle(user), handle(session));
    }

    private static Handle handle(int number) {
        byte[] bytes = new byte[Handle.BYTES];
        new Random(number).nextBytes(bytes);
        return Handle.of(bytes);
    }
}
