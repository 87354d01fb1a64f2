package dev.postern.hazelcast.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.PosternException;
import dev.postern.session.concurrent.Deadline;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
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
        assertThat(list.free()).startsWith(places.toArray(MemberAddress[]::new));

        try (ServerSocket taken = new ServerSocket(places.get(0).port(), 1, InetAddress.getLoopbackAddress())) {
            assertThat(taken.isBound()).isTrue();
            assertThat(list.free()).doesNotContain(places.get(0)).startsWith(places.get(1));
        }
    }

    /** C17: further applications of one server listen above the listed ports. */
    @Test
    @Tag("C17")
    void looksAtThePortsAboveTheListedOnes() {
        LocalMembers list = new LocalMembers(MemberAddress.parse("127.0.0.1:15801,192.0.2.1:65535"));

        assertThat(list.addresses()).extracting(MemberAddress::port).containsExactly(15801, 15802, 15803);
        assertThat(list.everywhere())
                .extracting(MemberAddress::toString)
                .containsExactly("127.0.0.1:15801", "192.0.2.1:65535", "127.0.0.1:15802", "127.0.0.1:15803");
    }

    @Test
    @Tag("C18")
    @SuppressWarnings("AddressSelection") // a literal has one address
    void waitsForANameThatIsNotKnownYet() {
        AtomicInteger pauses = new AtomicInteger();
        LocalMembers list = new LocalMembers(MemberAddress.parse("postern-0,192.0.2.1"), host -> {
            if (!host.equals("postern-0")) {
                return InetAddress.getAllByName(host);
            }
            if (pauses.get() < 20) {
                throw new UnknownHostException(host);
            }
            return new InetAddress[] {InetAddress.getByName("127.0.0.1")};
        });

        list.await(Deadline.in(Duration.ofMinutes(1)), pauses::incrementAndGet);

        assertThat(pauses).hasValue(20);
        assertThat(list.local()).containsExactly(new MemberAddress("127.0.0.1", 5701));
    }

    @Test
    @Tag("C18")
    @SuppressWarnings("AddressSelection") // a literal has one address
    void namesEachEntryAndWhyItIsNotThisMachine() {
        LocalMembers list =
                new LocalMembers(MemberAddress.parse("unknown,virtual,new,192.0.2.9"), host -> switch (host) {
                    case "virtual" -> new InetAddress[] {InetAddress.getByName("192.0.2.1")};
                    case "new" -> new InetAddress[] {InetAddress.getByName("2001:db8::1")};
                    case "192.0.2.9" -> new InetAddress[] {InetAddress.getByName("192.0.2.9")};
                    default -> throw new UnknownHostException(host);
                });

        assertThatThrownBy(() -> list.await(Deadline.in(Duration.ZERO), () -> {}))
                .isInstanceOf(PosternException.class)
                .hasMessageContaining("unknown is not known to DNS")
                .hasMessageContaining("virtual is 192.0.2.1, another machine or a virtual address")
                .hasMessageContaining("new has IPv6 addresses alone")
                .hasMessageContaining("192.0.2.9 is another machine")
                .hasMessageContaining("server-config/hazelcast/postern.xml");
    }

    @Test
    @Tag("C18")
    void doesNotWaitWhereEveryNameIsKnown() {
        LocalMembers list = new LocalMembers(MemberAddress.parse("192.0.2.1"));

        assertThatThrownBy(() -> list.await(Deadline.in(Duration.ofHours(1)), () -> {
                    throw new AssertionError("waited");
                }))
                .isInstanceOf(PosternException.class);
    }

    @Test
    @Tag("C18")
    @SuppressWarnings("AddressSelection") // a literal has one address
    void serviceIsKnownByTheAddressOfThisMachine() {
        MemberAddress service = MemberAddress.parse("dns:headless:15801").get(0);

        LocalMembers own = LocalMembers.ofService(service, host ->
                new InetAddress[] {InetAddress.getByName("192.0.2.1"), InetAddress.getByName("127.0.0.1")});

        assertThat(own.local()).containsExactly(new MemberAddress("127.0.0.1", 15801));
        assertThat(new LocalMembers(List.of(service)).everywhere())
                .extracting(MemberAddress::toString)
                .containsExactly("headless:15801", "headless:15802", "headless:15803");
    }

    @Test
    void readsAService() {
        assertThat(MemberAddress.parse(" dns:postern-headless"))
                .containsExactly(new MemberAddress("postern-headless", 5701, true));
        assertThatIllegalArgumentException().isThrownBy(() -> MemberAddress.parse("dns:a,dns:b"));
        assertThatIllegalArgumentException().isThrownBy(() -> MemberAddress.parse("a,dns:b"));
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
