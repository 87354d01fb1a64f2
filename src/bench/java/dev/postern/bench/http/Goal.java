package dev.postern.bench.http;

import dev.postern.bench.http.Outcome.Measure;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What a variant has to reach, as a ratio to the floor: a number, or what another variant reaches.
 *
 * <p>Immutable.
 */
record Goal(Variant variant, Variant other, double part) {

    static List<Goal> all() {
        return Stream.of(
                        new Goal(Variant.STALE, Variant.FLOOR, 0.95),
                        new Goal(Variant.STRICT, Variant.FLOOR, 0.85),
                        new Goal(Variant.STALE, Variant.SESSION, 1),
                        new Goal(Variant.STALE, Variant.JWT, 1),
                        new Goal(Variant.STRICT, Variant.SESSION, 1),
                        new Goal(Variant.STRICT, Variant.JWT, 1))
                .toList();
    }

    String title() {
        String what = part == 1
                ? "ahead of (" + other.letter() + ")"
                : String.format(Locale.ROOT, "at least %.2f of the floor", part);
        return "(" + variant.letter() + ") " + what;
    }

    String verdict(Outcome outcome, Measure measure) {
        double reached = outcome.ratio(variant, measure).median();
        double needed = part * outcome.ratio(other, measure).median();
        return String.format(
                Locale.ROOT, "%s: %.3f, needs %.3f", reached >= needed ? "met" : "**MISSED**", reached, needed);
    }
}
