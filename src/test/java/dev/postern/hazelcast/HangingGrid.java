package dev.postern.hazelcast;

import com.hazelcast.map.EntryProcessor;
import com.hazelcast.map.IMap;
import dev.postern.session.row.RowKey;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The partition of one row hangs, as in a member that has been frozen, until this is closed. */
public final class HangingGrid implements AutoCloseable {

    private final CountDownLatch hangs = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);
    private final CompletionStage<Boolean> hanging;

    private HangingGrid(IMap<String, Object> map, RowKey key) {
        this.hanging = map.submitToKey(key.text(), new Hang(hangs, release));
    }

    public static HangingGrid at(IMap<String, Object> map, RowKey key) throws InterruptedException {
        HangingGrid grid = new HangingGrid(map, key);
        grid.hangs.await(1, TimeUnit.MINUTES);
        return grid;
    }

    public boolean isStillHanging() {
        return hangs.getCount() == 0 && !hanging.toCompletableFuture().isDone();
    }

    @Override
    public void close() {
        release.countDown();
        hanging.toCompletableFuture().join();
    }

    /** Runs on the thread of the partition; the member is in this JVM, so nothing is serialized. */
    @SuppressWarnings("serial")
    private record Hang(CountDownLatch hangs, CountDownLatch release)
            implements EntryProcessor<String, Object, Boolean> {
        @Override
        public Boolean process(Map.Entry<String, Object> entry) {
            hangs.countDown();
            try {
                return release.await(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }
}
