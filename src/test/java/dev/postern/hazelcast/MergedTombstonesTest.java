package dev.postern.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.hazelcast.setup.FreePlaces;
import dev.postern.hazelcast.setup.HazelcastSettings;
import dev.postern.hazelcast.setup.MemberAddress;
import dev.postern.session.concurrent.Deadline;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.TestRows;
import dev.postern.session.store.CredentialsCache;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two clusters have the same sessions, end some of them each, and merge. */
@Tag("X-26")
class MergedTombstonesTest {

    private static final Duration LONG = Duration.ofHours(1);

    private final String namespace = "test-" + UUID.randomUUID();
    private final RowKey endedByOne = TestRows.key();
    private final RowKey endedByTwo = TestRows.key();
    private final RowKey endedByBoth = TestRows.key();

    @Test
    void eachNodeHearsOnceOfWhatEitherSideEnded() throws IOException {
        List<MemberAddress> places = FreePlaces.on("127.0.0.1", 3);
        List<MemberAddress> pair = places.subList(1, 3);
        try (Grid lone = member(places);
                Grid first = member(pair);
                Grid second = member(pair)) {
            List<Heard> all = Stream.of(lone, first, second).map(Heard::at).toList();
            CredentialsCache one = cache(lone);
            CredentialsCache two = cache(first);
            for (RowKey key : List.of(endedByOne, endedByTwo, endedByBoth)) {
                byte[] row = TestRows.live(one.now(), LONG);
                assertThat(one.create(key, row, soon())).isTrue();
                assertThat(two.create(key, row, soon())).isTrue();
            }

            end(one, endedByOne, endedByBoth);
            end(two, endedByTwo, endedByBoth);

            for (Heard heard : all) {
                heard.awaits(endedByOne);
                heard.awaits(endedByTwo);
                heard.awaits(endedByBoth);
            }
            RowKey last = TestRows.key();
            assertThat(one.create(last, TestRows.tombstone(one.now(), LONG), soon()))
                    .isTrue();
            all.forEach(heard -> heard.awaits(last));
            assertThat(all).allSatisfy(heard -> assertThat(heard.all()).hasSize(4));
        }
    }

    private static void end(CredentialsCache cache, RowKey... keys) {
        for (RowKey key : keys) {
            byte[] seen = cache.read(key, soon()).orElseThrow();
            assertThat(cache.swap(key, seen, TestRows.tombstone(cache.now(), Duration.ofDays(1)), soon()))
                    .isTrue();
        }
    }

    /** Starts at the first free address of the list. A member that is not on a list is not searched for. */
    private Grid member(List<MemberAddress> list) {
        return Grid.openOnAnyVersion(
                namespace,
                new HazelcastSettings(HazelcastSettings.Source.EMBEDDED, Optional.empty(), list, 1, 1),
                TestRows.LIFETIMES);
    }

    private static CredentialsCache cache(Grid grid) {
        return grid.cache(TestRows.LIFETIMES, InstantSource.system());
    }

    private static Deadline soon() {
        return Deadline.in(Duration.ofSeconds(20));
    }
}
