package dev.postern.it.faults;

import dev.postern.it.faults.History.Mark;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * Draws what happened from one time to another as an SVG picture: a bar for each half second with the requests that were answered, those that
 * the grid did not answer, and those that nobody answered; and a line for each fault.
 *
 * <p>For one thread.
 */
final class Timeline {

    private static final long BUCKET = 500_000_000;
    private static final int BAR = 8;
    private static final int HEIGHT = 200;
    private static final int TOP = 90;
    private static final int LEFT = 50;
    private final List<Call> calls;
    private final List<Mark> marks;
    private final long from;
    private final int buckets;
    private final StringBuilder svg = new StringBuilder();

    Timeline(List<Call> calls, List<Mark> marks, long from, long to) {
        this.calls = calls.stream()
                .filter(call -> call.sentAt() >= from && call.sentAt() < to)
                .toList();
        this.marks = marks.stream()
                .filter(mark -> mark.at() >= from && mark.at() < to)
                .toList();
        this.from = from;
        this.buckets = (int) ((to - from) / BUCKET) + 1;
    }

    String draw(String title) {
        svg.append(String.format(Locale.ROOT, """
            <svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" font-family="sans-serif" font-size="11">
            <rect width="100%%" height="100%%" fill="white"/>
            <text x="4" y="14" font-size="13">%s</text>
            <text x="4" y="30"><tspan fill="#4a8f4a">&#9632; answered</tspan> <tspan fill="#e0a030">&#9632; unavailable</tspan> \
            <tspan fill="#c03030">&#9632; no answer</tspan>, per half second; by the time at which a request was sent</text>
            """, LEFT + buckets * BAR + 120, TOP + HEIGHT + 40, title));
        int[] answered = counts(call -> !isFailure(call));
        int[] unavailable = counts(call -> call.answer().is(Answer.Outcome.UNAVAILABLE));
        int[] lost = counts(call -> call.answer().is(Answer.Outcome.NONE));
        int most = 1;
        for (int i = 0; i < buckets; i++) {
            most = Math.max(most, answered[i] + unavailable[i] + lost[i]);
        }
        for (int i = 0; i < buckets; i++) {
            bar(i, 0, answered[i], most, "#4a8f4a");
            bar(i, answered[i], unavailable[i], most, "#e0a030");
            bar(i, answered[i] + unavailable[i], lost[i], most, "#c03030");
        }
        axes(most);
        marks.forEach(this::mark);
        return svg.append("</svg>\n").toString();
    }

    private static boolean isFailure(Call call) {
        return call.answer().is(Answer.Outcome.UNAVAILABLE) || call.answer().is(Answer.Outcome.NONE);
    }

    private int[] counts(Predicate<Call> kind) {
        int[] counts = new int[buckets];
        calls.stream().filter(kind).forEach(call -> counts[bucket(call.sentAt())]++);
        return counts;
    }

    private int bucket(long time) {
        return (int) ((time - from) / BUCKET);
    }

    private void bar(int bucket, int below, int count, int most, String colour) {
        if (count > 0) {
            double unit = (double) HEIGHT / most;
            line(
                    "<rect x=\"%d\" y=\"%.1f\" width=\"%d\" height=\"%.1f\" fill=\"%s\"/>",
                    LEFT + bucket * BAR, TOP + HEIGHT - (below + count) * unit, BAR - 1, count * unit, colour);
        }
    }

    private void axes(int most) {
        line("<text x=\"4\" y=\"%d\">%d/s</text>", TOP + 10, 2 * most);
        for (int second = 0; second * 2 < buckets; second += 5) {
            line("<text x=\"%d\" y=\"%d\">%d s</text>", LEFT + second * 2 * BAR, TOP + HEIGHT + 16, second);
        }
    }

    private void mark(Mark mark) {
        int x = LEFT + (int) ((double) (mark.at() - from) / BUCKET * BAR);
        int y = TOP - 40 + 12 * (marks.indexOf(mark) % 4);
        line("<line x1=\"%1$d\" x2=\"%1$d\" y1=\"%2$d\" y2=\"%3$d\" stroke=\"black\"/>", x, y, TOP + HEIGHT);
        line("<text x=\"%d\" y=\"%d\">%s</text>", x + 3, y + 9, mark.text());
    }

    private void line(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
