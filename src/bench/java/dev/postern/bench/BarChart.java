package dev.postern.bench;

import java.util.List;
import java.util.Locale;

/**
 * A picture (SVG) of figures as horizontal bars, each with a line from its least to its greatest round.
 *
 * <p>Immutable.
 */
public final class BarChart {

    private static final int WIDTH = 760;
    private static final int LABELS = 270;
    private static final int FIGURES = 80;
    private static final int ROW = 26;
    private static final int HEAD = 44;
    private static final int MIDDLE = ROW / 2;

    private final String title;
    private final List<Bar> bars;

    public BarChart(String title, List<Bar> bars) {
        this.title = title;
        this.bars = List.copyOf(bars);
    }

    /** What one bar shows: a figure that is not negative, and the least and the greatest of its rounds. */
    public record Bar(String label, double value, double least, double greatest) {}

    public String svg() {
        double longest = bars.stream()
                .mapToDouble(bar -> Math.max(bar.value(), bar.greatest()))
                .max()
                .orElse(0);
        double scale = longest > 0 ? (WIDTH - LABELS - FIGURES) / longest : 0;
        int height = HEAD + ROW * bars.size() + MIDDLE;
        StringBuilder svg = new StringBuilder();
        add(
                svg,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"13\">",
                WIDTH,
                height);
        add(svg, "<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>");
        add(svg, "<text x=\"10\" y=\"24\" font-size=\"15\">%s</text>", escaped(title));
        for (int i = 0; i < bars.size(); i++) {
            addBar(svg, bars.get(i), HEAD + ROW * i, scale);
        }
        return svg.append("</svg>\n").toString();
    }

    private static void addBar(StringBuilder svg, Bar bar, int top, double scale) {
        int middle = top + MIDDLE;
        double end = LABELS + scale * Math.max(bar.value(), bar.greatest());
        add(svg, "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>", LABELS - 8, middle + 4, escaped(bar.label()));
        add(
                svg,
                "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"#5b8db8\"/>",
                LABELS,
                top + 3,
                scale * bar.value(),
                ROW - 6);
        add(
                svg,
                "<line x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\" stroke=\"#222\" stroke-width=\"2\"/>",
                LABELS + scale * bar.least(),
                LABELS + scale * bar.greatest(),
                middle,
                middle);
        add(svg, "<text x=\"%.1f\" y=\"%d\">%s</text>", end + 8, middle + 4, figure(bar.value()));
    }

    /** The number with three digits or so. */
    private static String figure(double value) {
        String format = value >= 100 ? "%.0f" : value >= 10 ? "%.1f" : value >= 0.1 ? "%.2f" : "%.4f";
        return String.format(Locale.ROOT, format, value);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }

    private static void add(StringBuilder svg, String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
