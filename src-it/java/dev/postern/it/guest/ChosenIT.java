package dev.postern.it.guest;

import dev.postern.it.Browser;
import dev.postern.it.OnPayaraByDay;
import dev.postern.it.guest.chosen.AskingServlet;
import dev.postern.it.guest.chosen.BlockingHandler;
import dev.postern.it.guest.chosen.Decorating;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The identity store handler is the one that the application itself gets injected: the one that its beans.xml chooses.
 */
@OnPayaraByDay
@Tag("C22")
class ChosenIT {

    private static final String BEANS = """
        <beans xmlns="https://jakarta.ee/xml/ns/jakartaee" version="4.0" bean-discovery-mode="annotated">
          %s
        </beans>
        """;

    @RegisterExtension
    static final Guest ALTERNATIVE = Guest.war(
            "alternative",
            war -> war.addClasses(AskingServlet.class, BlockingHandler.class)
                    .addAsWebInfResource(
                            new StringAsset(BEANS.formatted("<alternatives><class>" + BlockingHandler.class.getName()
                                    + "</class></alternatives>")),
                            "beans.xml"));

    @RegisterExtension
    static final Guest DECORATED = Guest.war(
            "decorated",
            war -> war.addClasses(AskingServlet.class, BlockingHandler.class, Decorating.class)
                    .addAsWebInfResource(
                            new StringAsset(BEANS.formatted("<alternatives><class>" + BlockingHandler.class.getName()
                                    + "</class></alternatives><decorators><class>" + Decorating.class.getName()
                                    + "</class></decorators>")),
                            "beans.xml"));

    private final Browser browser = new Browser();

    @Test
    void alternativeIsAsked() {
        browser.get(ALTERNATIVE.uri("asking?name=customer")).has(200).hasBody().isEqualTo("INVALID");
        browser.signIn(ALTERNATIVE.root(), "customer", "customer-pw").isUnauthorized();
        browser.signIn(ALTERNATIVE.root(), "clerk", "clerk-pw").has(201);
    }

    @Test
    void decoratorIsAsked() {
        browser.get(DECORATED.uri("asking?name=manager")).has(200).hasBody().isEqualTo("INVALID");
        browser.signIn(DECORATED.root(), "manager", "manager-pw").isUnauthorized();
        browser.signIn(DECORATED.root(), "customer", "customer-pw").isUnauthorized();
        browser.signIn(DECORATED.root(), "clerk", "clerk-pw").has(201);
    }
}
