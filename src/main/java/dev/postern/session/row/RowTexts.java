package dev.postern.session.row;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The texts of one row in their order, so that a text that occurs again is written as its place. A row begins with the
 * names that the jar's own contributors of metadata use. Their order is a part of the format.
 *
 * <p>For one thread.
 */
final class RowTexts {

    private static final List<String> NAMES = List.of("address", "firstSeenAddress", "firstSeenAt", "userAgent");

    private final List<String> texts = new ArrayList<>(NAMES);
    private final Map<String, Integer> places = new HashMap<>();

    RowTexts() {
        for (int place = 0; place < NAMES.size(); place++) {
            places.put(NAMES.get(place), place);
        }
    }

    /** The place of the text if it has occurred; otherwise it gets the next place, and the answer is null. */
    @Nullable
    Integer placeOrAdd(String text) {
        Integer place = places.putIfAbsent(text, texts.size());
        if (place == null) {
            texts.add(text);
        }
        return place;
    }

    /** The text at that place; null if there is none. */
    @Nullable
    String at(long place) {
        return place < texts.size() ? texts.get((int) place) : null;
    }
}
