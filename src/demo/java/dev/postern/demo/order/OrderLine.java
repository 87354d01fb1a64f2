package dev.postern.demo.order;

import dev.postern.demo.Refusal;
import jakarta.ws.rs.core.Response.Status;
import org.jspecify.annotations.Nullable;

/**
 * What is ordered, and how many of it. Immutable.
 *
 * @param item the code of an {@link Article}
 */
public record OrderLine(@Nullable String item, int quantity) {

    private static final int MOST = 99;

    /** The article of the line. Throws a {@link Refusal} with a sentence for the customer if the line is no order. */
    Article article() {
        if (quantity < 1 || quantity > MOST) {
            throw new Refusal(Status.BAD_REQUEST, "The quantity must be a number from 1 to " + MOST + ".");
        }
        return Article.ALL.stream()
                .filter(article -> article.code().equals(item))
                .findFirst()
                .orElseThrow(() -> new Refusal(Status.BAD_REQUEST, "The catalogue has no such article."));
    }
}
