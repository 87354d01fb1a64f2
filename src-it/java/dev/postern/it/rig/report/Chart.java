package dev.postern.it.rig.report;

import java.util.List;
import java.util.Locale;

/**
 * A picture (SVG): figures as horizontal bars, or counts over time as stacked columns.
 *
 * <p>For one thread.
 */
public final class Chart {

    private static final int WIDTH = 760;
    private static final int LABELS = 270;
    private static final int FIGURES = 80;
    private static final int ROW = 26;
    private static final int HEAD = 44;
    private static final int LEFT = 50;
    private static final int TOP = 110;
    private static final int HEIGHT = 200;

    private final StringBuilder svg = new StringBuilder();

    /** A figure that is not negative, and the least and the greatest of its rounds. */
    public record Bar(String label, double value, double least, double greatest) {}

    /** How many there were of a kind in each piece of the time. */
    public record Layer(String label, String colour, List<Integer> counts) {}

    /** Something that happened, in pieces of the time since the beginning. */
    public record Event(String label, double from, double until) {}

    private Chart(String title, int width, int height) {
        add(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"12\">",
                width, height);
        add("<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>");
        add("<text x=\"10\" y=\"20\" font-size=\"15\">%s</text>", escaped(title));
    }

    /** Figures as bars, each with a line from its least to its greatest round. */
    public static String bars(String title, List<Bar> bars) {
        double longest = bars.stream()
                .mapToDouble(bar -> Math.max(bar.value(), bar.greatest()))
                .max()
                .orElse(0);
        double scale = longest > 0 ? (WIDTH - LABELS - FIGURES) / longest : 0;
        Chart chart = new Chart(title, WIDTH, HEAD + ROW * bars.size() + ROW / 2);
        for (int i = 0; i < bars.size(); i++) {
            chart.bar(bars.get(i), HEAD + ROW * i, scale);
        }
        return chart.svg();
    }

    private void bar(Bar bar, int top, double scale) {
        int middle = top + ROW / 2;
        text(LABELS - 8, middle + 4, "end", bar.label());
        rectangle(LABELS, top + 3, scale * bar.value(), ROW - 6, "#5b8db8");
        line(LABELS + scale * bar.least(), middle, LABELS + scale * bar.greatest(), middle);
        text(LABELS + scale * Math.max(bar.value(), bar.greatest()) + 8, middle + 4, "start", figure(bar.value()));
    }

    /** Counts in pieces of the time, one layer upon the other, with what happened meanwhile. */
    public static String columns(String title, double secondsOfPiece, List<Layer> all, List<Event> events) {
        int pieces = all.get(0).counts().size();
        double column = Math.max(1.0, (double) (WIDTH - LEFT) / pieces);
        Chart chart = new Chart(title, (int) (LEFT + column * pieces + FIGURES), TOP + HEIGHT + 30);
        for (Event event : events) {
            chart.rectangle(
                    LEFT + column * event.from(), TOP, column * (event.until() - event.from()), HEIGHT, "#eee8d8");
        }
        chart.columns(all, pieces, column);
        for (int i = 0; i < events.size(); i++) {
            double x = LEFT + column * events.get(i).from();
            int y = TOP - 60 + 12 * (i % 5);
            chart.line(x, y, x, TOP + HEIGHT);
            chart.text(x + 3, y + 9, "start", events.get(i).label());
        }
        double seconds = pieces * secondsOfPiece;
        for (int part = 0; part <= 10; part++) {
            chart.text(
                    LEFT + column * pieces * part / 10,
                    TOP + HEIGHT + 16,
                    "middle",
                    figure(seconds * part / 10) + " s");
        }
        for (int i = 0; i < all.size(); i++) {
            chart.add(
                    "<text x=\"%d\" y=\"38\" fill=\"%s\">&#9632; %s</text>",
                    10 + 110 * i, all.get(i).colour(), escaped(all.get(i).label()));
        }
        return chart.svg();
    }

    private void columns(List<Layer> all, int pieces, double column) {
        int most = 1;
        for (int i = 0; i < pieces; i++) {
            int piece = i;
            most = Math.max(
                    most,
                    all.stream().mapToInt(layer -> layer.counts().get(piece)).sum());
        }
        for (int i = 0; i < pieces; i++) {
            double base = TOP + HEIGHT;
            for (Layer layer : all) {
                double height = (double) HEIGHT * layer.counts().get(i) / most;
                base -= height;
                if (height > 0) {
                    rectangle(LEFT + i * column, base, Math.max(1, column - 1), height, layer.colour());
                }
            }
        }
        text(LEFT - 4, TOP + 10, "end", Integer.toString(most));
    }

    private void rectangle(double x, double y, double width, double height, String colour) {
        add("<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\"/>", x, y, width, height, colour);
    }

    private void line(double x1, double y1, double x2, double y2) {
        add(
                "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"#222\" stroke-width=\"1.5\"/>",
                x1, y1, x2, y2);
    }

    private void text(double x, double y, String anchor, String text) {
        add("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>", x, y, anchor, escaped(text));
    }

    /** The number with three digits or so. */
    private static String figure(double value) {
        String format = value >= 100 || value == 0 ? "%.0f" : value >= 10 ? "%.1f" : value >= 0.1 ? "%.2f" : "%.4f";
        return String.format(Locale.ROOT, format, value);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }

    private void add(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    private String svg() {
        return svg.append("</svg>\n").toString();
    }
}
