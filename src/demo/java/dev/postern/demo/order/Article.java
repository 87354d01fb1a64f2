package dev.postern.demo.order;

import java.util.List;

/**
 * An article that the desk sells. Immutable.
 *
 * @param code the word that orders use for it
 * @param cents its price
 */
public record Article(String code, String name, int cents) {

    static final List<Article> ALL = List.of(
            new Article("lantern", "Storm lantern", 2490),
            new Article("rope", "Hemp rope, 20 m", 1850),
            new Article("padlock", "Iron padlock", 3200),
            new Article("bell", "Gate bell", 5400));
}
