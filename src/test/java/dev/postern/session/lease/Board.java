package dev.postern.session.lease;

import dev.postern.PosternException;
import dev.postern.session.concurrent.Deadline;
import dev.postern.session.row.RowKey;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** The row and the messages of some nodes in one process. Messages arrive at once, unless their receiver is deaf. */
final class Board {

    private final List<Seat> seats = new CopyOnWriteArrayList<>();
    private Optional<byte[]> row = Optional.empty();

    /** The board as one node sees it. */
    final class Seat implements LeaseGrid {

        private volatile Consumer<byte[]> receiver = message -> {};
        private volatile Consumer<RowKey> ended = key -> {};
        private volatile Runnable onRead = () -> {};
        private volatile Runnable onReplace = () -> {};
        private volatile boolean isDeaf;
        private volatile boolean isBroken;
        private final AtomicInteger changes = new AtomicInteger();

        void setDeaf(boolean isDeaf) {
            this.isDeaf = isDeaf;
        }

        void setBroken(boolean isBroken) {
            this.isBroken = isBroken;
        }

        void change() {
            changes.incrementAndGet();
        }

        /** Runs before each read of this node. */
        void onRead(Runnable action) {
            onRead = action;
        }

        /** Runs before the next compare-and-set of this node. */
        void onNextReplace(Runnable action) {
            onReplace = action;
        }

        /** This node hears of the end of a session. */
        void hearOfEnd(RowKey key) {
            ended.accept(key);
        }

        @Override
        public Optional<byte[]> read(Deadline deadline) {
            requireWhole();
            onRead.run();
            synchronized (Board.this) {
                return row;
            }
        }

        @Override
        public boolean replace(Optional<byte[]> seen, byte[] next, Deadline deadline) {
            requireWhole();
            Runnable action = onReplace;
            onReplace = () -> {};
            action.run();
            synchronized (Board.this) {
                boolean isSame = Arrays.equals(row.orElse(null), seen.orElse(null));
                row = isSame ? Optional.of(next) : row;
                return isSame;
            }
        }

        private void requireWhole() {
            if (isBroken) {
                throw new PosternException("The board does not answer.");
            }
        }

        @Override
        public void send(byte[] message) {
            seats.stream().filter(seat -> !seat.isDeaf).forEach(seat -> seat.receiver.accept(message));
        }

        @Override
        public void listen(Consumer<byte[]> receiver) {
            this.receiver = receiver;
        }

        @Override
        public void whenEnded(Consumer<RowKey> listener) {
            ended = listener;
        }

        @Override
        public int changes() {
            return changes.get();
        }
    }

    Seat seat() {
        Seat seat = new Seat();
        seats.add(seat);
        return seat;
    }

    synchronized Holders holders() {
        return row.flatMap(Holders::decode).orElse(Holders.NONE);
    }

    synchronized void write(byte[] bytes) {
        row = Optional.of(bytes);
    }

    synchronized boolean isEmpty() {
        return row.isEmpty();
    }

    synchronized void lose() {
        row = Optional.empty();
    }
}
