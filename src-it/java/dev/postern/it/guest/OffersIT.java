package dev.postern.it.guest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.it.Browser;
import dev.postern.it.OnPayaraByDay;
import dev.postern.it.Poll;
import dev.postern.it.Reply;
import dev.postern.it.app.Orders;
import dev.postern.it.app.TestApplication;
import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A thief beside the owner of a session, in an application that renews every few seconds. */
@OnPayaraByDay
class OffersIT {

    @RegisterExtension
    static final Guest GUEST = Guest.war(
            "offers",
            war -> war.addClasses(TestApplication.class, Orders.class),
            Map.of(
                    "postern.session.renew-after", "PT4S",
                    "postern.session.grace", "PT1S",
                    "postern.session.touch-every", "PT0S"));

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Browser owner = new Browser().sending("User-Agent", "Owner/1");

    @Test
    @Tag("A4")
    void aThiefWhoTakesEveryOfferAndUsesNoneIsFound() {
        owner.signIn(GUEST.root(), "clerk", "clerk-pw").has(201);
        Browser copy = owner.copy();
        asThief(copy, reply -> !reply.setCookies().isEmpty()).has(200);

        owner.get(GUEST.uri("api/orders")).has(200).hasSetCookies().hasSize(1);
        owner.get(GUEST.uri("api/orders")).has(200);

        asThief(copy, reply -> GUEST.log().contains("authn_token_reuse")).has(401);
        owner.get(GUEST.uri("api/orders")).isUnauthorized();
    }

    @Test
    @Tag("A12")
    void theSessionShowsTheAgentThatUsedItLast() {
        owner.signIn(GUEST.root(), "clerk", "clerk-pw").has(201);

        owner.copy()
                .sending("User-Agent", "Thief/1")
                .get(GUEST.uri("api/orders"))
                .has(200);

        assertThat(owner.get(GUEST.uri("postern/session"))
                        .has(200)
                        .json()
                        .getJsonObject("metadata")
                        .getString("userAgent"))
                .isEqualTo("Thief/1");
    }

    /** Asks with the first token again and again, as a client of its own, and keeps no cookie. */
    private static Reply asThief(Browser copy, Predicate<Reply> isEnough) {
        return Poll.untilEnough(PATIENCE, () -> ask(copy), isEnough);
    }

    private static Reply ask(Browser copy) {
        return copy.copy().sending("User-Agent", "Thief/1").get(GUEST.uri("api/orders"));
    }
}
