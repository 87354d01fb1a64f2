package dev.postern.session;

import static dev.postern.session.TestSessions.START;
import static dev.postern.session.TestSessions.TOUCH;
import static dev.postern.session.TestSessions.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.Ending;
import dev.postern.PosternException;
import dev.postern.SessionEvent;
import dev.postern.session.listing.ListedSession;
import dev.postern.session.listing.UserSessions;
import dev.postern.session.rotation.SessionPolicy;
import dev.postern.session.row.RowCodec;
import dev.postern.session.row.RowEncryption;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.SessionRow.Epoch;
import dev.postern.session.row.SessionRow.Revoked;
import dev.postern.session.row.TestRows;
import dev.postern.session.token.KeyRing;
import dev.postern.session.token.Token;
import dev.postern.testing.CapturedLog;
import java.security.SecureRandom;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What stands in the place of a user's epoch cannot be read: fails closed, until all sessions of the user are ended.
 */
@Tag("B7")
@Tag("P-104")
class UnreadableEpochTest {

    private final TestSessions sessions = new TestSessions();
    private final UserSessions userSessions = sessions.keeper().userSessions();
    private final LiveSession begun = sessions.begin("ann");
    private final RowKey place = RowKey.epoch(begun.token().user());

    private enum Bytes {
        NOISE,
        NONE,
        NOT_SEALED,
        OF_A_DROPPED_KEY,
        A_TOMBSTONE,
        OF_ANOTHER_USER;

        byte[] in(RowKey place, RowCodec codec) {
            Epoch epoch = new Epoch(START, Optional.empty());
            return switch (this) {
                case NOISE -> new byte[] {9, 8, 7};
                case NONE -> new byte[0];
                case NOT_SEALED -> RowCodec.plain().encode(place, epoch);
                case OF_A_DROPPED_KEY ->
                    RowCodec.encrypted(new RowEncryption("shop", KeyRing.drawn(new byte[64]), new SecureRandom()))
                            .encode(place, epoch);
                case A_TOMBSTONE -> codec.encode(place, new Revoked(START, Ending.REVOKED, START));
                case OF_ANOTHER_USER -> codec.encode(RowKey.epoch(TestRows.user(TestRows.key())), epoch);
            };
        }
    }

    @ParameterizedTest
    @EnumSource(Bytes.class)
    void failsClosedAndIsReplacedWhenAllAreEnded(Bytes bytes) {
        assertThat(sessions.twin().create(place, bytes.in(place, sessions.codec()), soon()))
                .isTrue();
        sessions.twin().pass(TOUCH);
        assertThatThrownBy(() -> sessions.resume(begun.token()))
                .isInstanceOf(PosternException.class)
                .hasMessageContaining("revokeAll");
        assertThatThrownBy(() -> sessions.begin("ann")).isInstanceOf(PosternException.class);
        assertThatThrownBy(() -> userSessions.of("ann")).isInstanceOf(PosternException.class);
        assertThatThrownBy(() -> userSessions.endOthers("ann", begun.handle())).isInstanceOf(PosternException.class);

        try (CapturedLog log = CapturedLog.of(UserSessions.class.getName())) {
            userSessions.endAll("ANN");
            assertThat(log.records())
                    .singleElement()
                    .satisfies(line -> assertThat(line.getMessage())
                            .startsWith("epoch_replaced: ")
                            .contains(place.text()));
        }

        assertThat(sessions.resume(begun.token())).isEqualTo(new ResumeResult.Over(Ending.REVOKED));
        assertThat(userSessions.of("ann")).isEmpty();
        sessions.twin().pass(TOUCH);
        Token after = sessions.begin("ann").token();
        sessions.twin().pass(TOUCH);
        sessions.live(after);
    }

    @Test
    void replacesNoEpochThatSomebodyHasReplacedMeanwhile() {
        sessions.twin().create(place, new byte[] {9}, soon());
        sessions.cache()
                .beforeNextWrite(() -> sessions.onAnotherNode().userSessions().endAll("ann"));

        userSessions.endAll("ann");

        assertThat(sessions.codec()
                        .decode(place, sessions.twin().read(place, soon()).orElseThrow()))
                .hasValueSatisfying(row -> assertThat(((Epoch) row).notBefore()).isAfter(START.plusMillis(1)));
    }

    @Test
    void aReadableEpochIsReplacedWithoutAWord() {
        userSessions.endAll("ann");
        try (CapturedLog log = CapturedLog.of(UserSessions.class.getName())) {
            userSessions.endAll("ann");
            assertThat(log.records()).isEmpty();
        }
    }

    @Test
    void administratorsFindTheUserAndAllOthers() {
        sessions.begin("bob");
        sessions.twin().create(place, new byte[] {9}, soon());

        assertThat(sessions.keeper().signedInUsers().page(Optional.empty(), 10).users())
                .extracting(user -> user.name())
                .containsExactlyInAnyOrder("ann", "bob");
        assertThat(sessions.keeper().signedInUsers().count().users()).isEqualTo(2);
    }

    @Test
    void othersAreNotConcerned() {
        sessions.twin().create(place, new byte[] {9}, soon());
        Token bob = sessions.begin("bob").token();
        sessions.twin().pass(TOUCH);
        sessions.live(bob);
    }

    @Test
    void sessionsThatCannotBeReadStandInNobodysWay() {
        TestSessions two = new TestSessions("shop", TestSessions.limitedTo(2, SessionPolicy.PerUser.AtLimit.REFUSE));
        Token spoiled = two.begin("ann").token();
        two.spoil(spoiled, new byte[] {9});
        Token ended = two.begin("ann").token();
        two.end(ended);
        two.spoil(ended, new byte[] {7});

        LiveSession first = two.begin("ann");
        LiveSession second = two.begin("ann");

        assertThat(two.tryToBegin("ann")).isEmpty();
        assertThat(two.keeper().userSessions().of("ann"))
                .extracting(ListedSession::handle)
                .containsExactlyInAnyOrder(first.handle(), second.handle());
        assertThat(two.keeper().userSessions().endOthers("ann", first.handle())).isTrue();
        assertThat(two.row(spoiled).orElseThrow()).isInstanceOf(Revoked.class);
        two.live(first.token());
    }

    /** Another node may have the key. */
    @Test
    void sessionsThatCannotBeReadAreEndedWithAllOthers() {
        sessions.spoil(begun.token(), new byte[] {9});

        userSessions.endAll("ann");

        assertThat(sessions.row(begun.token()).orElseThrow()).isInstanceOf(Revoked.class);
        assertThat(sessions.events(SessionEvent.Ended.class)).hasSize(1);
        userSessions.endAll("ann");
        assertThat(sessions.events(SessionEvent.Ended.class)).hasSize(1);
    }
}
