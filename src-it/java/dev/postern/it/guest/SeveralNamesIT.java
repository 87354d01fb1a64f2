package dev.postern.it.guest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.it.Browser;
import dev.postern.it.OnPayaraByDay;
import dev.postern.it.Rig;
import dev.postern.it.app.AdminServlet;
import dev.postern.it.app.CallerBean;
import dev.postern.it.app.Orders;
import dev.postern.it.app.TestApplication;
import dev.postern.it.app.WhoServlet;
import dev.postern.it.guest.aliases.MemberLoader;
import dev.postern.it.guest.caseless.PersonDirectory;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A member has a number and an address, and a database tells spellings apart where the settings say so. */
@OnPayaraByDay
class SeveralNamesIT {

    private static final String FORM = "application/x-www-form-urlencoded";

    @RegisterExtension
    static final Guest MEMBERS = Guest.war(
            "members",
            war -> war.addPackage(MemberLoader.class.getPackage())
                    .addClasses(
                            TestApplication.class,
                            Orders.class,
                            AdminServlet.class,
                            WhoServlet.class,
                            CallerBean.class),
            Map.of("postern.session.touch-every", "PT0S", "postern.user.reload-every", "PT1M"));

    @RegisterExtension
    static final Guest EXACT = Guest.war(
                    "exact",
                    war -> war.addPackage(PersonDirectory.class.getPackage())
                            .addClasses(TestApplication.class, Orders.class),
                    Map.of("postern.user.names", "exact", "postern.user.names-allow", "()"))
            .perhapsRefused();

    private final Browser operator = new Browser();
    private final Browser one = new Browser();
    private final Browser other = new Browser();

    @Test
    @Tag("A2")
    void namesOfOneMemberAreOneUser() {
        one.signIn(MEMBERS.root(), "M-17", "member-pw").has(201);
        other.signIn(MEMBERS.root(), "dora@example.com", "member-pw").has(201);
        assertThat(one.get(MEMBERS.uri("who")).has(200).value("user")).isEqualTo("M-17");
        assertThat(other.get(MEMBERS.uri("who")).has(200).value("user")).isEqualTo("dora@example.com");
        assertThat(one.get(MEMBERS.uri("postern/sessions")).has(200).jsonList()).hasSize(2);

        revokeAll("Dora@Example.com");

        one.get(MEMBERS.uri("api/orders")).isUnauthorized();
        other.get(MEMBERS.uri("api/orders")).isUnauthorized();
    }

    @Test
    @Tag("A2")
    void anotherMemberIsAnotherUser() {
        one.signIn(MEMBERS.root(), "m-18", "member-pw").has(201);

        revokeAll("m-17");

        one.get(MEMBERS.uri("api/orders")).has(200);
    }

    @Test
    @Tag("A2")
    void spellingsAreDifferentUsersWhereTheSettingsSaySo() {
        Assumptions.assumeFalse(Rig.onGlassFish(), "GlassFish has no H2, whose SQL this application speaks.");
        one.signIn(EXACT.root(), "bob", "bob-pw").has(201);
        other.signIn(EXACT.root(), "BOB", "bob-pw").has(201);

        assertThat(one.get(EXACT.uri("postern/sessions")).has(200).jsonList()).hasSize(1);
        assertThat(other.get(EXACT.uri("postern/sessions")).has(200).jsonList()).hasSize(1);
    }

    @Test
    @Tag("A2")
    void nameWithSpecialCharactersSignsInWhereTheSettingsAllowThem() {
        one.signIn(EXACT.root(), "o(k)", "o(k)-pw").has(201);
        other.signIn(EXACT.root(), "o(k*", "o(k)-pw").isUnauthorized();
    }

    @Test
    @Tag("B7")
    void epochThatCannotBeReadIsReplacedWhenAllSessionsAreEnded() {
        String handle =
                one.signIn(MEMBERS.root(), "m-17", "member-pw").has(201).json().getString("handle");
        assertThat(operator.post(MEMBERS.uri("spoil"), FORM, "handle=" + handle)
                        .has(200)
                        .value("spoiled"))
                .isEqualTo("1");
        one.get(MEMBERS.uri("api/orders")).has(503);
        other.post(MEMBERS.uri("postern/session"), FORM, "username=m-17&password=member-pw")
                .has(503);

        revokeAll("m-17");

        one.get(MEMBERS.uri("api/orders")).isUnauthorized();
        other.signIn(MEMBERS.root(), "m-17", "member-pw").has(201);
        other.get(MEMBERS.uri("api/orders")).has(200);
        other.signOut(MEMBERS.root()).has(204);
        assertThat(MEMBERS.log()).contains("epoch_replaced");
    }

    private void revokeAll(String user) {
        operator.signIn(MEMBERS.root(), "manager", "manager-pw").has(201);
        operator.post(MEMBERS.uri("admin"), FORM, "do=revoke-all&user=" + user.replace("@", "%40"))
                .has(200);
    }
}
