package dev.postern.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalMembersTest {

    @Test
    void findsThisMachineInAListForSeveral() {
        LocalMembers list = new LocalMembers(MemberAddress.parse("192.0.2.1:5701, 127.0.0.1:15801 ,198.51.100.7"));

        assertThat(list.local()).containsExactly(new MemberAddress("127.0.0.1", 15801));
    }

    @Test
    void findsThisMachineByItsName() {
        assertThat(new LocalMembers(MemberAddress.parse("localhost:15801")).local())
                .containsExactly(new MemberAddress("127.0.0.1", 15801));
    }

    @Test
    void takesANameThatNobodyKnowsForSomebodyElse() {
        assertThat(new LocalMembers(MemberAddress.parse("no-such-host.invalid:15801")).local())
                .isEmpty();
    }

    @Test
    void passesOverPlacesThatAreTaken() throws IOException {
        List<MemberAddress> places = FreePlaces.on("127.0.0.1", 2);
        LocalMembers list = new LocalMembers(places);
        assertThat(list.free()).isEqualTo(places);

        try (ServerSocket taken = new ServerSocket(places.get(0).port(), 1, InetAddress.getLoopbackAddress())) {
            assertThat(taken.isBound()).isTrue();
            assertThat(list.free()).containsExactly(places.get(1));
        }
    }

    @Test
    void readsAListOfMembers() {
        assertThat(MemberAddress.parse("a.example:5702, b.example"))
                .containsExactly(new MemberAddress("a.example", 5702), new MemberAddress("b.example", 5701));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "a,,b", "a:", "a:0", "a:65536", "a:x", ":5701", "::1", "[::1]:5701", "a b", "a:5701:5702"})
    void refusesWhatIsNoMember(String list) {
        assertThatIllegalArgumentException().isThrownBy(() -> MemberAddress.parse(list));
    }
}
