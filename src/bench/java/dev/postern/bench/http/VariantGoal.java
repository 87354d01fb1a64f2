package dev.postern.bench.http;

import dev.postern.bench.http.Comparison.Measure;
import java.util.List;
import java.util.Locale;

/**
 * What a variant has to reach, by the processor time of the server: a part of what a floor reaches, or more than another variant does.
 *
 * <p>Immutable.
 *
 * @param part of what the floor reaches; 0 if the variant is to be ahead of the other one
 */
record VariantGoal(Variant variant, Variant other, double part) {

    static List<VariantGoal> all() {
        return List.of(
                new VariantGoal(Variant.LEASED, Variant.HONEST_FLOOR, 0.95),
                new VariantGoal(Variant.LEASED, Variant.SESSION, 0),
                new VariantGoal(Variant.LEASED, Variant.STICKY_SESSION, 0),
                new VariantGoal(Variant.LEASED, Variant.JWT, 0),
                new VariantGoal(Variant.STRICT, Variant.FLOOR, 0.85),
                new VariantGoal(Variant.STRICT, Variant.SESSION, 0),
                new VariantGoal(Variant.STRICT, Variant.JWT, 0));
    }

    String title() {
        String what = isAhead()
                ? "ahead of (" + other.letter() + ")"
                : String.format(Locale.ROOT, "at least %.2f of (%s)", part, other.letter());
        return "(" + variant.letter() + ") " + what;
    }

    private boolean isAhead() {
        return part == 0;
    }

    /** Whether both were measured. */
    boolean isOn(Comparison outcome) {
        return outcome.has(variant) && outcome.has(other);
    }

    String verdict(Comparison outcome) {
        double reached = outcome.ratio(variant, Measure.SERVER_CPU).median();
        double needed = outcome.ratio(other, Measure.SERVER_CPU).median() * (isAhead() ? 1 : part);
        boolean isReached = isAhead() ? reached > needed : reached >= needed;
        return String.format(Locale.ROOT, "%s: %.3f, needs %.3f", isReached ? "met" : "**MISSED**", reached, needed);
    }
}
