package dev.postern.it.cluster;

import java.util.Arrays;
import java.util.Locale;

/**
 * Draws a round: requests a second as a line, failures a second as bars, and what was done to the nodes as shaded spans.
 *
 * <p>For one thread.
 */
final class Timeline {

    private static final int WIDTH = 900;
    private static final int HEIGHT = 220;
    private static final int TOP = 40;
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private final Verdict verdict;
    private final long beganAt;
    private final int[] requests;
    private final int[] failures;

    Timeline(Verdict verdict) {
        this.verdict = verdict;
        this.beganAt = verdict.calls().stream().mapToLong(Call::startedAt).min().orElse(0);
        int seconds = (int) verdict.seconds() + 2;
        this.requests = new int[seconds];
        this.failures = new int[seconds];
        verdict.calls().forEach(call -> count(call, requests));
        verdict.all().forEach(call -> count(call, failures));
    }

    private void count(Call call, int[] perSecond) {
        int second = (int) ((call.endedAt() - beganAt) / NANOS_PER_SECOND);
        perSecond[Math.min(second, perSecond.length - 1)]++;
    }

    String svg(String title) {
        int highest = Math.max(1, Arrays.stream(requests).max().orElse(1));
        StringBuilder svg = new StringBuilder();
        svg.append(
                "<svg xmlns='http://www.w3.org/2000/svg' width='%d' height='%d' font-family='sans-serif' font-size='12'>"
                        .formatted(WIDTH, TOP + HEIGHT + 40));
        svg.append("<rect width='100%' height='100%' fill='white'/>");
        svg.append(text(
                10, 20, "%s: requests a second (line, up to %d), failures a second (red)".formatted(title, highest)));
        verdict.marks().forEach(mark -> svg.append(span(mark)));
        svg.append(bars(highest)).append(line(highest));
        svg.append(text(10, TOP + HEIGHT + 18, "0 s"));
        svg.append(text(WIDTH - 60, TOP + HEIGHT + 18, requests.length + " s"));
        return svg.append("</svg>\n").toString();
    }

    private String span(Mark mark) {
        double from = x((double) (mark.from() - beganAt) / NANOS_PER_SECOND);
        double until = x((double) (mark.until() - beganAt) / NANOS_PER_SECOND);
        return String.format(
                        Locale.ROOT,
                        "<rect x='%.1f' y='%d' width='%.1f' height='%d' fill='#e8e0c8'/>",
                        from,
                        TOP,
                        until - from,
                        HEIGHT)
                + text(from + 2, TOP + 12, mark.what() + " " + mark.node());
    }

    private String bars(int highest) {
        StringBuilder bars = new StringBuilder();
        for (int second = 0; second < failures.length; second++) {
            if (failures[second] > 0) {
                double height = Math.max(2, Math.min(1.0, (double) failures[second] / highest) * HEIGHT);
                bars.append(String.format(
                        Locale.ROOT,
                        "<rect x='%.1f' y='%.1f' width='%.1f' height='%.1f' fill='#c03030'/>",
                        x(second),
                        TOP + HEIGHT - height,
                        Math.max(1, x(1) - x(0)),
                        height));
            }
        }
        return bars.toString();
    }

    private String line(int highest) {
        StringBuilder points = new StringBuilder("<polyline fill='none' stroke='#2050a0' stroke-width='1.5' points='");
        for (int second = 0; second < requests.length; second++) {
            points.append(String.format(
                    Locale.ROOT,
                    "%.1f,%.1f ",
                    x(second + 0.5),
                    TOP + HEIGHT - (double) requests[second] / highest * HEIGHT));
        }
        return points.append("'/>").toString();
    }

    private double x(double second) {
        return second * WIDTH / requests.length;
    }

    private static String text(double x, int y, String words) {
        return String.format(Locale.ROOT, "<text x='%.1f' y='%d'>%s</text>", x, y, words);
    }
}
