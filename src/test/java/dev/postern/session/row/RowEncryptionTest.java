package dev.postern.session.row;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.session.row.SessionRow.Active;
import dev.postern.session.row.SessionRow.Epoch;
import dev.postern.session.token.KeyRing;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("G22")
@Tag("S-47")
class RowEncryptionTest {

    private static final String OLD = key(1);
    private static final String NEW = key(2);
    private static final String INDEX = key(3);

    private final RowKey place = TestRows.key();
    private final RowKey epoch = TestRows.epoch(place);
    private final RowCodec codec = codec("shop", "1:" + OLD, INDEX);

    @RepeatedTest(100)
    void readsBackInItsPlaceWhatItSealed(RepetitionInfo repetition) {
        SessionRow row = AnyRows.any(new Random(repetition.getCurrentRepetition()));
        for (RowKey key : List.of(place, epoch)) {
            assertThat(codec.decode(key, codec.encode(key, row))).contains(row);
        }
    }

    @RepeatedTest(20)
    void readsNoRowThatStoodElsewhere(RepetitionInfo repetition) {
        SessionRow row = AnyRows.any(new Random(repetition.getCurrentRepetition()));
        for (RowKey key : List.of(place, epoch)) {
            byte[] sealed = codec.encode(key, row);
            for (RowKey other : List.of(
                    TestRows.sibling(place), TestRows.key(), key.equals(place) ? epoch : place, RowKey.BEGINNING)) {
                assertThat(codec.decode(other, sealed))
                        .as("%s in %s", key, other)
                        .isEmpty();
            }
        }
    }

    @Test
    @Tag("S-42")
    void readsNoRowOfAnotherApplicationWithTheSameKeys() {
        RowCodec other = codec("shops", "1:" + OLD, INDEX);
        for (RowKey key : List.of(place, epoch)) {
            assertThat(other.decode(key, codec.encode(key, Epoch.NONE))).isEmpty();
        }
    }

    @Test
    @Tag("V-05")
    void readsNoRowInWhichABitWasFlipped() {
        for (RowKey key : List.of(place, epoch)) {
            byte[] sealed = codec.encode(key, row());
            for (int bit = 0; bit < 8 * sealed.length; bit++) {
                byte[] flipped = sealed.clone();
                flipped[bit / 8] ^= (byte) (1 << bit % 8);
                assertThat(codec.decode(key, flipped)).as("bit %d", bit).isEmpty();
            }
        }
    }

    @Test
    @Tag("V-05")
    void readsNoRowThatWasCutOrMadeLonger() {
        byte[] sealed = codec.encode(place, row());
        for (int length = 0; length < sealed.length; length++) {
            assertThat(codec.decode(place, Arrays.copyOf(sealed, length))).isEmpty();
            assertThat(codec.decode(place, Arrays.copyOfRange(sealed, sealed.length - length, sealed.length)))
                    .isEmpty();
        }
        assertThat(codec.decode(place, Arrays.copyOf(sealed, sealed.length + 1)))
                .isEmpty();
        assertThat(codec.decode(place, new byte[RowFormat.MOST_BYTES + RowEncryption.OVERHEAD + 1]))
                .isEmpty();
    }

    @Test
    @Tag("V-05")
    void readsNoRowThatNobodySealed() {
        assertThat(codec.decode(place, new RowFormat().encode(row()))).isEmpty();
        assertThat(codec.decode(epoch, new RowFormat().encode(Epoch.NONE))).isEmpty();
        assertThat(RowCodec.plain().decode(place, codec.encode(place, row()))).isEmpty();
    }

    @Test
    void readsNoRowThatAKeyOfTheSameIdSealed() {
        assertThat(codec("shop", "1:" + NEW, INDEX).decode(place, codec.encode(place, row())))
                .isEmpty();
    }

    @Test
    @Tag("G25")
    @Tag("S-45")
    void readsTheRowsOfAFormerKeyUntilThatIsRetired() {
        byte[] sealed = codec.encode(place, row());
        RowCodec both = codec("shop", "2:" + NEW + ",1:" + OLD, INDEX);

        assertThat(both.decode(place, sealed)).contains(row());
        byte[] again = both.encode(place, row());
        assertThat(again[1]).isEqualTo((byte) 2);
        assertThat(codec.decode(place, again)).isEmpty();

        RowCodec alone = codec("shop", "2:" + NEW, INDEX);
        assertThat(alone.decode(place, again)).contains(row());
        assertThat(alone.decode(place, sealed)).isEmpty();
    }

    @Test
    void readsNoRowThatNamesAnotherKeyOfTheRing() {
        RowCodec both = codec("shop", "2:" + NEW + ",1:" + OLD, INDEX);
        byte[] forward = codec.encode(place, row());
        forward[1] = 2;

        assertThat(both.decode(place, forward)).isEmpty();
    }

    /** A logout that cannot read what it has to end fails. */
    @Test
    void readsNamesAtAProviderAsLong() {
        RowKey name = RowKey.provider(place.user().orElseThrow());
        byte[] sealed = codec.encode(name, SessionRow.ProviderName.UNKNOWN);

        assertThat(codec("shop", "2:" + NEW, INDEX).decode(name, sealed)).contains(SessionRow.ProviderName.UNKNOWN);
    }

    @Test
    void readsEpochsAsLongAsTheHandlesOfUsersStayTheSame() {
        byte[] sealed = codec.encode(epoch, Epoch.NONE);

        assertThat(codec("shop", "2:" + NEW, INDEX).decode(epoch, sealed)).contains(Epoch.NONE);
        assertThat(codec("shop", "1:" + OLD, NEW).decode(epoch, sealed)).isEmpty();
    }

    @Test
    void sealsTheSameRowDifferentlyEachTime() {
        assertThat(codec.encode(place, row())).isNotEqualTo(codec.encode(place, row()));
    }

    @Test
    @Tag("G21")
    void showsNothingOfTheRow() {
        Active row = row();
        String sealed = new String(codec.encode(place, row), StandardCharsets.ISO_8859_1);
        String plain = new String(new RowFormat().encode(row), StandardCharsets.ISO_8859_1);

        assertThat(plain).contains(row.user().name(), "clerk");
        assertThat(sealed).doesNotContain(row.user().name(), "clerk").hasSize(plain.length() + RowEncryption.OVERHEAD);
    }

    @Test
    void holdsTheLargestRow() {
        Active small = row();
        String some = "x".repeat(60_000); // its length takes as many bytes as that of the longest
        int others = new RowFormat().encode(small.withMetadata(Map.of("n", some))).length - some.length();
        int room = RowFormat.MOST_BYTES - others;
        Active largest = small.withMetadata(Map.of("n", "x".repeat(room)));

        assertThat(codec.fits(largest)).isTrue();
        assertThat(codec.decode(place, codec.encode(place, largest))).contains(largest);
        assertThat(codec.fits(small.withMetadata(Map.of("n", "x".repeat(room + 1)))))
                .isFalse();
    }

    private static Active row() {
        return AnyRows.active(new Random(1), Set.of("clerk"), Map.of());
    }

    private static RowCodec codec(String namespace, String ring, String index) {
        return RowCodec.encrypted(new RowEncryption(namespace, KeyRing.parse(ring, index), new SecureRandom()));
    }

    private static String key(int seed) {
        byte[] bytes = new byte[KeyRing.KEY_BYTES];
        new Random(seed).nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** Known answers: rows that are in a cluster have to be readable after an upgrade of the library. */
    @Test
    void sealsAsItAlwaysDid() {
        RowEncryption encryption = new RowEncryption("shop", KeyRing.parse("1:" + OLD, INDEX), new Random(4));
        RowKey session = new RowKey("AAAAAAAAAAAAAAAAAAAAAA.BBBBBBBBBBBBBBBBBBBBBA");
        byte[] row = "a row".getBytes(StandardCharsets.US_ASCII);
        String ofSession = "0201ac3809bbb87f56e84fd730eb3ce1ff498db4d7547e457f035becaa80bb5da418ab";
        String ofEpoch = "02000d948bcf0fd629eb1313c137f6554ee1616ef36f45109c20009f30ec832aa48f6a";

        assertThat(HexFormat.of().formatHex(encryption.encrypt(session, row))).isEqualTo(ofSession);
        assertThat(HexFormat.of().formatHex(encryption.encrypt(new RowKey("AAAAAAAAAAAAAAAAAAAAAA."), row)))
                .isEqualTo(ofEpoch);
        assertThat(encryption.decrypt(session, HexFormat.of().parseHex(ofSession)))
                .hasValue(row);
    }

    @Test
    void readsBackTheShortestRow() {
        RowEncryption encryption = new RowEncryption("shop", KeyRing.parse("1:" + OLD, INDEX), new SecureRandom());

        byte[] sealed = encryption.encrypt(place, new byte[0]);

        assertThat(sealed).hasSize(RowEncryption.OVERHEAD);
        assertThat(encryption.decrypt(place, sealed)).hasValue(new byte[0]);
    }
}
