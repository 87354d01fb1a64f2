package dev.postern.session;

import dev.postern.session.concurrent.Deadline;
import dev.postern.session.row.RowKey;
import dev.postern.session.store.CredentialsCache;
import dev.postern.testing.PassingCache;
import java.util.Optional;

/** A credentials cache in which something happens while the answer to each read is on its way. */
public final class SlowAnswers extends PassingCache {

    private final Runnable meanwhile;

    public SlowAnswers(CredentialsCache cache, Runnable meanwhile) {
        super(cache);
        this.meanwhile = meanwhile;
    }

    @Override
    public Optional<byte[]> read(RowKey key, Deadline deadline) {
        Optional<byte[]> row = super.read(key, deadline);
        meanwhile.run();
        return row;
    }
}
