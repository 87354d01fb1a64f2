package dev.postern.session.durable;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.session.row.RowKey;
import dev.postern.session.row.SessionRow.Active;
import dev.postern.session.row.SessionRow.Revoked;
import org.junit.jupiter.api.Test;

/** Ends by nodes that have no database, while an application is given one node by node. */
class HeardEndsTest {

    private final TestStores stores = new TestStores();
    private final DurableStore store = stores.store();
    private final RowKey key = stores.key();

    @Test
    void endByANodeWithoutADatabaseIsWrittenByOneThatHearsOfIt() {
        byte[] row = stores.begun(store, key);
        byte[] tombstone = stores.over(key);
        assertThat(stores.grid().swap(key, row, tombstone, TestStores.soon())).isTrue();
        assertThat(stores.inDatabase(key)).isInstanceOf(Active.class);

        store.heard(key, tombstone);

        assertThat(TestStores.flush(store)).isTrue();
        assertThat(stores.inDatabase(key)).isInstanceOf(Revoked.class);
    }

    @Test
    void endsOfOthersFillHalfOfTheRoomAtMost() {
        byte[] tombstone = stores.over(key);
        byte[] row = stores.live(key);
        assertThat(store.cache().create(key, row, TestStores.soon())).isTrue();

        for (int i = 0; i < WriteBehind.MOST; i++) {
            store.heard(stores.key(), tombstone);
        }

        assertThat(store.metrics().waiting()).isEqualTo(WriteBehind.MOST / 2);
        assertThat(store.metrics().dropped()).isZero();
    }
}
