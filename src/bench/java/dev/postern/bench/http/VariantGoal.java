package dev.postern.bench.http;

import dev.postern.bench.http.Comparison.Measure;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What a variant has to reach, as a ratio to the floor: a number, or what another variant reaches.
 *
 * <p>Immutable.
 */
record VariantGoal(Variant variant, Variant other, double part) {

    static List<VariantGoal> all() {
        return Stream.of(
                        new VariantGoal(Variant.LEASED, Variant.FLOOR, 0.95),
                        new VariantGoal(Variant.STRICT, Variant.FLOOR, 0.85),
                        new VariantGoal(Variant.LEASED, Variant.SESSION, 1),
                        new VariantGoal(Variant.LEASED, Variant.JWT, 1),
                        new VariantGoal(Variant.STRICT, Variant.SESSION, 1),
                        new VariantGoal(Variant.STRICT, Variant.JWT, 1))
                .toList();
    }

    String title() {
        String what = other != Variant.FLOOR
                ? "ahead of (" + other.letter() + ")"
                : String.format(Locale.ROOT, "at least %.2f of the floor", part);
        return "(" + variant.letter() + ") " + what;
    }

    private boolean isReached(double reached, double needed) {
        return other == Variant.FLOOR ? reached >= needed : reached > needed;
    }

    String verdict(Comparison outcome, Measure measure) {
        double reached = outcome.ratio(variant, measure).median();
        double needed = part * outcome.ratio(other, measure).median();
        return String.format(
                Locale.ROOT,
                "%s: %.3f, needs %.3f",
                isReached(reached, needed) ? "met" : "**MISSED**",
                reached,
                needed);
    }
}
