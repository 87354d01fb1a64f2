package dev.postern.session.durable;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.Ending;
import dev.postern.session.durable.DurabilityRule.Durability;
import dev.postern.session.durable.SessionArchive.PastSession;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.SessionRow.Epoch;
import dev.postern.session.row.SessionRow.ProviderName;
import dev.postern.session.row.TestRows;
import dev.postern.session.token.Handle;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DurabilityRuleTest {

    private final TestStores stores = new TestStores();
    private final DurabilityRule rule = new DurabilityRule(stores.lifetimes);
    private final RowKey session = stores.key();
    private final RowKey epoch = TestRows.epoch(session);
    private final RowKey name = RowKey.provider(new Handle("AAAAAAAAAAAAAAAAAAAAAA"));

    @Test
    void livingSessionsAreWrittenLater() {
        assertThat(rule.of(session, Optional.empty(), stores.live(session))).isEqualTo(Durability.LATER);
        assertThat(rule.of(session, Optional.of(stores.live(session)), stores.live(session)))
                .isEqualTo(Durability.LATER);
    }

    @Test
    void endsAreWrittenFirst() {
        assertThat(rule.of(session, Optional.empty(), stores.over(session))).isEqualTo(Durability.FIRST);
        assertThat(rule.of(session, Optional.of(stores.live(session)), stores.over(session)))
                .isEqualTo(Durability.FIRST);
    }

    @Test
    void epochsAreWrittenAtOnce() {
        assertThat(rule.of(epoch, Optional.empty(), stores.epoch(epoch, TestStores.START)))
                .isEqualTo(Durability.AT_ONCE);
        assertThat(rule.of(
                        epoch,
                        Optional.of(stores.codec.encode(epoch, Epoch.NONE)),
                        stores.epoch(epoch, TestStores.START)))
                .isEqualTo(Durability.AT_ONCE);
    }

    @Test
    void epochThatEndsNothingIsNotWritten() {
        assertThat(rule.of(epoch, Optional.empty(), stores.codec.encode(epoch, Epoch.NONE)))
                .isEqualTo(Durability.NONE);
    }

    @Test
    void nameAtAProviderIsWrittenAtOnceIfTheProviderHasEndedItAnew() {
        byte[] begun = name(Instant.EPOCH);
        byte[] ended = name(TestStores.START);
        byte[] endedAgain = name(TestStores.START.plusMillis(1));
        byte[] entered = stores.codec.encode(
                name,
                ProviderName.UNKNOWN
                        .endedAt(TestStores.START)
                        .with(session, TestStores.START.plusSeconds(9), TestStores.START)
                        .orElseThrow());

        assertThat(rule.of(name, Optional.empty(), begun)).isEqualTo(Durability.LATER);
        assertThat(rule.of(name, Optional.of(begun), begun)).isEqualTo(Durability.LATER);
        assertThat(rule.of(name, Optional.of(ended), entered)).isEqualTo(Durability.LATER);
        assertThat(rule.of(name, Optional.of(ended), ended))
                .as("ended once more")
                .isEqualTo(Durability.AT_ONCE);
        assertThat(rule.of(name, Optional.of(begun), ended)).isEqualTo(Durability.AT_ONCE);
        assertThat(rule.of(name, Optional.of(ended), endedAgain)).isEqualTo(Durability.AT_ONCE);
        assertThat(rule.of(name, Optional.empty(), ended)).isEqualTo(Durability.AT_ONCE);
        assertThat(rule.of(name, Optional.of(new byte[1]), ended)).isEqualTo(Durability.AT_ONCE);
    }

    private byte[] name(Instant ended) {
        return stores.codec.encode(name, ProviderName.UNKNOWN.endedAt(ended));
    }

    @Test
    void otherRowsAreNotWritten() {
        RowKey half = new RowKey("half.AAAAAAAAAAAAAAAAAAAAAA");
        RowKey token = RowKey.providerToken(new Handle("AAAAAAAAAAAAAAAAAAAAAA"));
        RowKey strange = new RowKey(session.text() + "x");

        assertThat(rule.isDurable(half)).isFalse();
        assertThat(rule.isDurable(token)).isFalse();
        assertThat(rule.isDurable(strange)).isFalse();
        assertThat(rule.isDurable(RowKey.BEGINNING)).isFalse();
        assertThat(rule.of(half, Optional.empty(), stores.live(half))).isEqualTo(Durability.NONE);
        assertThat(rule.of(token, Optional.empty(), stores.codec.encode(token, ProviderName.UNKNOWN)))
                .isEqualTo(Durability.NONE);
        assertThat(rule.of(session, Optional.empty(), new byte[] {42})).isEqualTo(Durability.NONE);
    }

    @Test
    void rowSaysWhatTheDatabaseHasToKnow() {
        Instant used = TestStores.START.plusSeconds(9);
        byte[] live = stores.live(session, used);

        DurableRow row = rule.row(session, live, TestStores.START).orElseThrow();

        assertThat(row.key()).isEqualTo(session);
        assertThat(row.bytes()).isEqualTo(live);
        assertThat(row.kind()).isEqualTo(DurableRow.Kind.LIVING);
        assertThat(row.stamp()).isEqualTo(used);
        assertThat(row.expires()).isEqualTo(used.plus(Duration.ofMinutes(40)));
        assertThat(rule.row(epoch, stores.epoch(epoch, used), used)
                        .orElseThrow()
                        .kind())
                .isEqualTo(DurableRow.Kind.EPOCH);
        assertThat(rule.row(name, name(used), used).orElseThrow().kind()).isEqualTo(DurableRow.Kind.PROVIDER_NAME);
        assertThat(rule.row(session, new byte[1], used)).isEmpty();
    }

    @Test
    void tombstoneOfALivingSessionIsForTheHistory() {
        byte[] over = stores.over(session);

        DurableRow tombstone =
                rule.tombstone(session, Optional.of(stores.live(session)), over, TestStores.START.plusSeconds(9));

        assertThat(tombstone.past())
                .contains(new PastSession(
                        session.session().orElseThrow(), TestStores.START, TestStores.START, Ending.SIGNED_OUT));
    }

    @Test
    void eachTombstoneForTheDatabaseHasBytesOfItsOwn() {
        byte[] over = stores.over(session);

        DurableRow one = rule.tombstone(session, Optional.empty(), over, TestStores.START);
        DurableRow other = rule.tombstone(session, Optional.of(over), over, TestStores.START);

        assertThat(one.kind()).isEqualTo(DurableRow.Kind.OVER);
        assertThat(one.bytes()).isNotEqualTo(other.bytes()).isNotEqualTo(over);
        assertThat(stores.decoded(session, one.bytes())).isEqualTo(stores.decoded(session, over));
        assertThat(one.expires())
                .isEqualTo(TestStores.START.plus(stores.lifetimes.timeToLive(session, over, TestStores.START)));
        assertThat(one.past()).isEmpty();
        assertThat(other.past()).isEmpty();
    }

    @Test
    void sessionReplacesNoTombstoneAndNoneThatWasUsedLater() {
        byte[] early = stores.live(session, TestStores.START);
        byte[] late = stores.live(session, TestStores.START.plusMillis(1));
        byte[] edited = stores.live(session, TestStores.START, Map.of("note", "edited"));
        byte[] over = stores.over(session);

        assertThat(rule.replaces(session, late, early)).isTrue();
        assertThat(rule.replaces(session, edited, early)).isTrue();
        assertThat(rule.replaces(session, early, late)).isFalse();
        assertThat(rule.replaces(session, early, rule.again(session, early))).isFalse();
        assertThat(rule.replaces(session, late, over)).isFalse();
        assertThat(rule.replaces(session, over, late)).isTrue();
        assertThat(rule.replaces(session, over, rule.again(session, over))).isFalse();
        assertThat(rule.replaces(session, early, new byte[0])).isTrue();
    }

    @Test
    void epochReplacesWhatSaysLess() {
        byte[] early = stores.epoch(epoch, TestStores.START);
        byte[] late = stores.epoch(epoch, TestStores.START.plusSeconds(1));

        assertThat(rule.replaces(epoch, late, early)).isTrue();
        assertThat(rule.replaces(epoch, early, late)).isFalse();
    }
}
