package dev.postern.it.guest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.it.Browser;
import dev.postern.it.OnPayaraByDay;
import dev.postern.it.Reply;
import dev.postern.it.app.AdminServlet;
import dev.postern.it.app.CallerBean;
import dev.postern.it.app.Orders;
import dev.postern.it.app.TestApplication;
import dev.postern.it.app.WhoServlet;
import dev.postern.it.guest.caseless.PersonDirectory;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One person is one user, however a database without case lets them write their name. */
@OnPayaraByDay
@Tag("A2")
class OnePersonIT {

    private static final String FORM = "application/x-www-form-urlencoded; charset=UTF-8";

    @RegisterExtension
    static final Guest ANY = Guest.war("caseless", OnePersonIT::application);

    @RegisterExtension
    static final Guest ONE =
            Guest.war("caseless-one", OnePersonIT::application, Map.of("postern.session.max-per-user", "1"));

    private final Browser operator = new Browser();
    private final Browser one = new Browser();
    private final Browser other = new Browser();

    private static WebArchive application(WebArchive war) {
        return war.addPackage(PersonDirectory.class.getPackage())
                .addClasses(
                        TestApplication.class, Orders.class, AdminServlet.class, WhoServlet.class, CallerBean.class);
    }

    @ParameterizedTest
    @CsvSource({
        "ann,ANN,ann-pw",
        "\u0131rmak,IRMAK,\u0131rmak-pw",
        "\u03bc\u03ac\u03bd\u03bf\u03c2,\u039c\u0386\u039d\u039f\u03a3,\u03bc\u03ac\u03bd\u03bf\u03c2-pw"
    })
    void revokingAllOfOneSpellingEndsTheOthers(String name, String another, String password) {
        one.signIn(ANY.root(), name, password).has(201);
        other.signIn(ANY.root(), another, password).has(201);
        assertThat(one.get(ANY.uri("postern/sessions")).has(200).jsonList()).hasSize(2);
        assertThat(other.get(ANY.uri("postern/sessions")).has(200).jsonList()).hasSize(2);

        admin("revoke-all", name);

        one.get(ANY.uri("api/orders")).isUnauthorized();
        other.get(ANY.uri("api/orders")).isUnauthorized();
    }

    @Test
    void eachSpellingCanEndTheSessionsOfTheOther() {
        one.signIn(ANY.root(), "bob", "bob-pw").has(201);
        other.signIn(ANY.root(), "BoB", "bob-pw").has(201);
        assertThat(other.get(ANY.uri("who")).has(200).value("user")).isEqualTo("BoB");

        one.delete(ANY.uri("postern/sessions?others")).has(204);

        one.get(ANY.uri("api/orders")).has(200);
        other.get(ANY.uri("api/orders")).isUnauthorized();
    }

    @Test
    void signingInAgainInAnotherSpellingGoesOnWithTheSession() {
        String handle = one.signIn(ANY.root(), "bob", "bob-pw").has(201).json().getString("handle");

        assertThat(one.signIn(ANY.root(), "BOB", "bob-pw").has(201).json().getString("handle"))
                .isEqualTo(handle);
        admin("sign-out-everywhere", "boB");
    }

    @Test
    void theLimitOfAUserCountsEverySpelling() {
        one.signIn(ONE.root(), "ann", "ann-pw").has(201);
        other.signIn(ONE.root(), "Ann", "ann-pw").has(201);

        one.get(ONE.uri("api/orders")).isUnauthorized();
        other.get(ONE.uri("api/orders")).has(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "a*", "o(k)", "a\\6en", "ann\u0000", "ann\u0007", "ann\n"})
    void aNameWithSpecialCharactersIsAWrongOne(String name) {
        Reply refused = one.signIn(ANY.root(), name, name + "-pw");

        refused.isUnauthorized().changesNoCookie();
        assertThat(refused.body())
                .isEqualTo(one.signIn(ANY.root(), "nobody " + Math.floorMod(name.hashCode(), 10_000), "wrong")
                        .has(401)
                        .body());
    }

    @Test
    void aNameThatIsTooLongIsAWrongOne() {
        one.signIn(ANY.root(), "a".repeat(257), "wrong").isUnauthorized();
        one.signIn(ANY.root(), "a".repeat(256), "wrong").isUnauthorized();
    }

    private void admin(String act, String user) {
        operator.signIn(ANY.root(), "manager", "manager-pw").has(201);
        operator.post(ANY.uri("admin"), FORM, "do=" + act + "&user=" + URLEncoder.encode(user, StandardCharsets.UTF_8))
                .has(200);
    }
}
