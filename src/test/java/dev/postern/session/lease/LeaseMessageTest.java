package dev.postern.session.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.session.row.RowKey;
import dev.postern.session.row.SessionRow.Epoch;
import dev.postern.session.token.Handle;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("L1")
class LeaseMessageTest {

    private static final Handle ONE = Handle.of(new byte[Handle.BYTES]);
    private static final String ID = ONE.text();
    private static final Handle OTHER = Handle.parse(ID.replace('A', 'Q')).orElseThrow();
    private static final Instant TIME = Instant.ofEpochMilli(1_700_000_000_123L);

    static List<LeaseMessage> messages() {
        RowKey key = RowKey.session(ONE, OTHER);
        Epoch epoch = new Epoch(TIME, Optional.empty());
        return List.of(
                new LeaseMessage.Drop(ID, 1, new Invalidation.Session(key, false)),
                new LeaseMessage.Drop(ID, 2, new Invalidation.Session(key, true)),
                new LeaseMessage.Drop(ID, 3, new Invalidation.User(OTHER, epoch)),
                new LeaseMessage.Drop(
                        ID, 4, new Invalidation.User(OTHER, epoch.raisedTo(TIME.plusMillis(1), Optional.of(ONE)))),
                new LeaseMessage.Dropped(ID, 5, List.of()),
                new LeaseMessage.Dropped(ID, 6, List.of(ID, OTHER.text())));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void isReadAsItWasWritten(LeaseMessage message) {
        assertThat(LeaseMessage.decode(message.encode())).contains(message);
    }

    /** {@code $} stands for a handle. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "drop $",
                "drop $ 1",
                "drop $ x key $.$",
                "drop x 1 key $.$",
                "drop $ 1 key",
                "drop $ 1 key $.$ 1",
                "drop $ 1 all $.$",
                "drop $ 1 user $",
                "drop $ 1 user x 1",
                "drop $ 1 user $ x",
                "drop $ 1 user $ 1 $",
                "drop $ 1 user $ 2 x 1",
                "drop $ 1 user $ 2 $ x",
                "drop $ 1 user $ 2 $ 2",
                "drop $ 1 user $ 2 $ 1 1",
                "dropped $ x $",
                "dropped x 1 $",
                "kept $ 1 $"
            })
    void otherBytesAreNone(String text) {
        assertThat(LeaseMessage.decode(text.replace("$", ID).getBytes(StandardCharsets.US_ASCII)))
                .isEmpty();
    }

    @Test
    void readsWhatItShould() {
        String text = "drop $ 1 user $ 2 $ 1".replace("$", ID);

        assertThat(LeaseMessage.decode(text.getBytes(StandardCharsets.US_ASCII)))
                .isPresent();
    }
}
