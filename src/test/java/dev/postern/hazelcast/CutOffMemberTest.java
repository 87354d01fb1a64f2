package dev.postern.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.map.IMap;
import dev.postern.PosternException;
import dev.postern.hazelcast.call.CallThreads;
import dev.postern.hazelcast.call.GridCalls;
import dev.postern.hazelcast.call.MergeGate;
import dev.postern.hazelcast.quorum.Quorum;
import dev.postern.session.concurrent.Deadline;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Each method of {@link GridCalls}, on one of three members with a minimum of two. */
@Tag("G4")
@Tag("D17")
class CutOffMemberTest {

    private static final String KEY = "row";

    private final SplitCluster cluster = new SplitCluster(3);
    private final IMap<String, Object> own = cluster.map(0);
    private final Quorum quorum = cluster.quorum(0);
    private final CallThreads threads = new CallThreads("quorum-test");
    private final GridCalls calls = new GridCalls(threads, new MergeGate(() -> cluster.member(0)), quorum);

    private final List<Consumer<Duration>> forms = List.of(
            patience -> calls.run(() -> true, Deadline.in(patience)),
            patience -> calls.read(() -> own.get(ownKey()), () -> own.getAsync(ownKey()), Deadline.in(patience)),
            patience -> calls.runHere(() -> true, Deadline.in(patience)),
            patience -> calls.runParallel(
                    2, () -> calls.runHere(() -> true, Deadline.in(patience)), Deadline.in(patience)));

    @AfterEach
    void close() {
        threads.close();
        cluster.close();
    }

    /** It has dropped one of the others and not the second yet, so it lists two. Its rows have no other copy. */
    @Test
    void memberThatIsCutOffAcknowledgesNothingBeforeItKnows() {
        assertAcknowledged();
        cluster.wires().hold(0, 2);
        cluster.wires().cut(0, 1);
        cluster.awaitSize(2, 0);

        assertThat(quorum.enter().members()).hasSize(2);
        assertThat(forms)
                .allSatisfy(form -> assertThatThrownBy(() -> form.accept(Duration.ofMillis(300)))
                        .isInstanceOf(PosternException.class)
                        .hasMessageContaining("in time"));

        cluster.wires().cut(0, 2);
        cluster.wires().release(0, 2);
        cluster.awaitSize(1, 0);
        assertThat(forms)
                .allSatisfy(form -> assertThatThrownBy(() -> form.accept(Duration.ofSeconds(20)))
                        .isInstanceOf(PosternException.class)
                        .hasMessageContaining("fewer than 2 members"));
    }

    @Test
    void twoThatAreLeftGoOnAsSoonAsTheyHaveHeardFromEachOther() {
        assertAcknowledged();
        cluster.wires().hold(0, 2);
        cluster.member(1).getLifecycleService().terminate();
        cluster.awaitSize(2, 0);
        assertThatThrownBy(() -> forms.get(0).accept(Duration.ofMillis(300))).hasMessageContaining("in time");

        cluster.wires().release(0, 2);
        assertAcknowledged();
    }

    /** The others may have dropped it long ago, and have written the row. */
    @Test
    void memberThatIsCutOffTakesNoRowForAbsentBeforeItKnows() {
        assertAcknowledged();
        assertThat(present(Duration.ofSeconds(20))).isFalse();
        cluster.wires().hold(0, 1);
        cluster.wires().hold(0, 2);

        assertThat(cluster.member(0).getCluster().getMembers()).hasSize(3);
        assertThatThrownBy(() -> present(Duration.ofMillis(300))).hasMessageContaining("in time");

        cluster.wires().release(0, 1);
        assertThat(present(Duration.ofSeconds(20))).isFalse();
    }

    private boolean present(Duration patience) {
        return calls.read(() -> own.get(ownKey()), () -> own.getAsync(ownKey()), Deadline.in(patience)) != null;
    }

    private void assertAcknowledged() {
        assertThat(forms)
                .allSatisfy(form -> assertThatCode(() -> form.accept(Duration.ofSeconds(20)))
                        .doesNotThrowAnyException());
    }

    /** A key whose row this member owns, so that reading it says nothing about the others. */
    private String ownKey() {
        String key = KEY;
        while (!cluster.member(0)
                .getCluster()
                .getLocalMember()
                .equals(cluster.member(0)
                        .getPartitionService()
                        .getPartition(key)
                        .getOwner())) {
            key += "'";
        }
        return key;
    }
}
